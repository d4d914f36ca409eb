package dev.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;

final class SubcommandTest {
    @ParameterizedTest
    @EnumSource
    void theListSaysOfACommandWhatItSaysOfItself(Subcommand command) {
        CommandLine.Model.CommandSpec spec = new CommandLine(command.create()).getCommandSpec();

        assertEquals(command.label(), spec.name());
        assertEquals(command.summary(), spec.usageMessage().description()[0]);
    }

    @ParameterizedTest
    @EnumSource
    void aCommandThatIsCalledForKnowsItsOptions(Subcommand command) {
        CommandLine line = Main.root(List.of(command.label()));

        CommandLine called = line.getSubcommands().get(command.label());
        assertTrue(called.getCommandSpec().optionsMap().containsKey("--help"), command.label());
        assertEquals(Subcommand.values().length, line.getSubcommands().size());
    }
}
