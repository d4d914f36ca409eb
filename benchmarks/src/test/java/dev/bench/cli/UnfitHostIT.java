package dev.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.result.Launch;
import dev.bench.result.ResultStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Takes from a run what it needs of the host. Needs root, and what {@code bench setup} installs. */
@Tag("alone")
@ExtendWith(NothingIsLeft.class)
final class UnfitHostIT {
    private static final String STARTUP = Bench.scenario("startup.yaml").toString();

    @TempDir
    private Path directory;

    private Bench bench;

    @BeforeEach
    void prepare() {
        bench = new Bench(directory);
    }

    @Test
    void aFullDiskEndsTheRunWithAClearMessageAndLosesNoLaunch() throws Exception {
        Path results = Files.createDirectories(directory.resolve("results"));
        run("mount", "-t", "tmpfs", "-o", "size=64k", "none", results.toString());
        try {
            Bench.Outcome outcome = bench.run("run", "--yes", "--blocks", "500", "--target", "process", STARTUP);

            assertEquals(5, outcome.status(), outcome.err());
            assertTrue(outcome.err().contains("the disk is full"), outcome.err());
            assertTrue(outcome.err().contains("--out"), outcome.err());
            assertFalse(outcome.err().contains("\tat "), outcome.err());
            List<Launch> launches = new ResultStore(bench.result()).launches();
            assertTrue(launches.size() > 5, launches.size() + " launches");
            assertTrue(launches.stream().allMatch(Launch::ok));
        } finally {
            run("umount", results.toString());
        }
    }

    @Test
    void aUserWithoutPrivilegesIsToldWhatIsMissing() throws Exception {
        Bench.Outcome outcome = bench.finish(bench.startUnder(
                List.of("setpriv", "--bounding-set=-all", "--inh-caps=-all", "--no-new-privs"), "run", STARTUP));

        assertEquals(5, outcome.status(), outcome.err());
        assertTrue(outcome.err().contains("root privileges: "), outcome.err());
        assertFalse(outcome.err().contains("\tat "), outcome.err());
    }

    @Test
    void aHostThatCannotBeTracedIsToldBeforeAnythingBegins() throws Exception {
        // Where a kernel has no tracing, there is nothing to mount it on.
        List<String> untraced =
                List.of("unshare", "--mount", "sh", "-c", "mount -t tmpfs none /sys/kernel && exec \"$@\"", "sh");
        Bench.Outcome outcome = bench.finish(bench.startUnder(
                untraced, "run", Bench.scenario("isolation.yaml").toString()));

        assertEquals(5, outcome.status(), outcome.err());
        assertTrue(outcome.err().contains("kernel tracing: refused: "), outcome.err());
        assertTrue(outcome.err().contains("isolation cannot be measured. Remedy: "), outcome.err());
        assertFalse(outcome.err().contains("\tat "), outcome.err());
    }

    @Test
    void aSecondRunRefusesWhileOneMeasures() throws Exception {
        Process first = bench.start("run", "--yes", "--blocks", "500", "--target", "process", STARTUP);
        bench.awaitLaunches(1);
        Path elsewhere = Files.createDirectories(directory.resolve("elsewhere"));

        Bench.Outcome second = new Bench(elsewhere).run("run", "--yes", "--target", "process", STARTUP);

        first.destroy();
        assertTrue(first.waitFor(60, TimeUnit.SECONDS), "the first run did not end after SIGTERM");
        assertEquals(5, second.status(), second.err());
        assertTrue(
                second.err().contains("another run is measuring on this host (process " + first.pid()), second.err());
    }

    private static void run(String... command) throws IOException, InterruptedException {
        assertEquals(0, new ProcessBuilder(command).inheritIO().start().waitFor(), String.join(" ", command));
    }
}
