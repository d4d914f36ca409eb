package dev.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Sets up the command line. */
final class MainTest {
    @ParameterizedTest
    @CsvSource({"40, 55", "55, 55", "80, 80", "500, 100"})
    void helpFitsTheTerminalAsFarAsItCan(int columns, int width) {
        CommandLine line = new CommandLine(CommandSpec.create()).setUsageHelpWidth(Main.helpWidth(columns));

        assertEquals(width, line.getUsageHelpWidth());
    }
}
