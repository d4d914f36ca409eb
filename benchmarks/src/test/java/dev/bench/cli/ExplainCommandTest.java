package dev.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

final class ExplainCommandTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "startup.ready_ms"})
    void saysInWordsWhatIsToBeNamed(String arguments) {
        CommandLine line = new CommandLine(new ExplainCommand());
        line.setExecutionExceptionHandler((exception, command, parsed) -> {
            throw exception;
        });
        line.parseArgs(arguments.isEmpty() ? new String[0] : arguments.split(" "));
        ExplainCommand command = line.getCommand();

        assertEquals(
                "name one result or two, and a metric behind them",
                assertThrows(CommandLine.ParameterException.class, command::call)
                        .getMessage());
    }
}
