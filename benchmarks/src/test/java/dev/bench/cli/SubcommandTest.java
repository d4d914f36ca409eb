package dev.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
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
    @EnumSource(names = {"RUN", "DOCTOR", "CLEAN", "CALIBRATE"})
    void theCacheIsNamedByOneOption(Subcommand command) {
        CommandLine.ParseResult parsed = new CommandLine(command.create())
                .parseArgs(
                        command == Subcommand.RUN
                                ? new String[] {"--cache", "/c", "x.yaml"}
                                : new String[] {"--cache", "/c"});

        assertEquals(Path.of("/c"), parsed.matchedOptionValue("--cache", Path.of("")));
    }

    @Test
    void cleanTakesTheUsualCacheWhereNoneIsNamed() {
        CommandLine.ParseResult parsed = new CommandLine(new CleanCommand()).parseArgs("--cache");

        assertEquals(Path.of("/var/cache/bench"), parsed.matchedOptionValue("--cache", Path.of("")));
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
