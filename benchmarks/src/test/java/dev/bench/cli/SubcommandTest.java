package dev.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
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

    @ParameterizedTest
    @ValueSource(strings = {"/a:b", "/a,b", "relative:one", "/a\\b", "/100%", "/two\nlines"})
    void aCacheThatNoEngineCanMountIsRefused(String cache) {
        CommandLine.ParameterException refused = assertThrows(
                CommandLine.ParameterException.class,
                () -> new CommandLine(new RunCommand()).parseArgs("--cache", cache, "x.yaml"));

        assertTrue(refused.getMessage().contains("the engines cannot keep their data below '/"), refused.getMessage());
        assertEquals(1, refused.getMessage().lines().count());
    }

    @Test
    void aCacheBehindALinkIsJudgedByWhereItIs(@TempDir Path directory) throws IOException {
        Path real = Files.createDirectory(directory.resolve("a:b"));
        Path link = Files.createSymbolicLink(directory.resolve("link"), real);

        CommandLine.ParameterException refused = assertThrows(
                CommandLine.ParameterException.class,
                () -> new CommandLine(new RunCommand())
                        .parseArgs("--cache", link.resolve("cache").toString(), "x.yaml"));

        assertTrue(refused.getMessage().contains("'" + real.resolve("cache") + "'"), refused.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a b", "/ümläut 日本", "/#'$&<x>;=[c]*?", "-dash"})
    void anyOtherCacheIsTaken(String cache) {
        assertEquals(
                Path.of(cache),
                new CommandLine(new RunCommand())
                        .parseArgs("--cache=" + cache, "x.yaml")
                        .matchedOptionValue("--cache", Path.of("")));
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
