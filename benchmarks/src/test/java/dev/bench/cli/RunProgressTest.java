package dev.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.plan.Plan;
import dev.bench.result.Failure;
import dev.bench.result.Launch;
import dev.bench.result.Result;
import dev.bench.result.TargetKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunProgressTest {
    private static final String NEW_LINE = "\r\u001b[K";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void saysALineForEveryLaunchWhereNobodyWatches() {
        RunProgress progress = progress(false);
        progress.stage("measuring");
        progress.launched(good(0, 250.04));
        progress.launched(good(1, 0.96));
        progress.launched(failed(1));

        assertEquals("""
                nginx: measuring
                nginx: 1/6 block 0 docker 250.0 ms (discarded)
                nginx: 2/6 block 1 docker 1.0 ms
                target docker: too late
                nginx: 3/6 block 1 docker failed
                """, said());
        assertEquals("", out.toString(StandardCharsets.UTF_8));
    }

    @Test
    void saysAnotherMetricOrNoneWhereTheHeadlineIsNotThere() {
        RunProgress progress = progress(false);
        progress.launched(good(Map.of("startup.exec_ms", 3.25)));
        progress.launched(good(Map.of()));

        assertEquals("""
                nginx: 1/6 block 1 docker 3.3 ms
                nginx: 2/6 block 1 docker done
                """, said());
    }

    @Test
    void movesOneLineOnATerminal() {
        RunProgress progress = progress(true);
        progress.launched(good(0, 250));
        progress.launched(good(1, 250));
        progress.launched(good(2, 250));

        String[] lines = said().split(Pattern.quote(NEW_LINE), -1);
        assertEquals(4, lines.length, said());
        assertTrue(lines[1].startsWith("nginx [" + "=".repeat(4) + " ".repeat(20) + "] 1/6, 0:0"), lines[1]);
        assertTrue(lines[3].startsWith("nginx [" + "=".repeat(12) + " ".repeat(12) + "] 3/6, 0:0"), lines[3]);
        assertTrue(lines[3].endsWith(" left, docker 250.0 ms"), lines[3]);
        assertFalse(said().contains("\n"));
    }

    @Test
    void saysAlikeFailuresOnceWithTheEndOfTheLog(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("docker.log"), "starting\n\nport 80: permission denied\n");
        RunProgress progress = progress(false);
        progress.stored(directory);
        for (int block = 0; block < 3; block++) {
            progress.launched(failed(
                    block,
                    Failure.withLastLine(
                            "target docker, session 1, block " + block + ": no answer on 198.18.0." + (40 + block),
                            "port 80: permission denied at " + block)));
        }
        progress.launched(failed(3, "target docker, session 1, block 3: no answer on 198.18.0.43, for another reason"));

        String log = directory.resolve("docker.log").toString();
        assertEquals("""
                target docker, session 1, block 0: no answer on 198.18.0.40. It last wrote: port 80: permission denied at 0
                  log: %s
                    starting
                    port 80: permission denied
                nginx: 1/6 block 0 docker failed (discarded)
                nginx: 2/6 block 1 docker failed
                nginx: 3/6 block 2 docker failed
                target docker, session 1, block 3: no answer on 198.18.0.43, for another reason
                  log: %s
                    starting
                    port 80: permission denied
                nginx: 4/6 block 3 docker failed
                """.formatted(log, log), said());
    }

    private static Launch failed(int block, String message) {
        Failure failure = new Failure("exited", message, "docker.log");
        return new Launch(1, block, 0, "docker", block == 0, false, "", Map.of(), List.of(), failure);
    }

    @Test
    void fillsTheBarAtTheEnd() {
        RunProgress progress = progress(true);
        for (int launch = 0; launch < 6; launch++) {
            progress.launched(good(launch / 2, 250));
        }

        assertTrue(said().contains("[" + "=".repeat(24) + "] 6/6, 0:00 left"), said());
    }

    @Test
    void saysAFailureOnALineOfItsOwnAndKeepsCount() {
        RunProgress progress = progress(true);
        progress.launched(good(0, 250));
        progress.launched(failed(1));
        progress.launched(good(1, 250));

        String said = said();
        assertTrue(said.contains(NEW_LINE + "target docker: too late\n"), said);
        assertTrue(said.contains("docker failed, 1 failed"), said);
        assertTrue(said.endsWith("docker 250.0 ms, 1 failed"), said);
    }

    @Test
    void tellsOfAnEmulatedTargetAndOfItsOwnCost() {
        progress(false)
                .prepared(
                        List.of(
                                new Result.TargetFacts("docker", TargetKind.CONTAINER, "docker", false, Map.of(), null),
                                new Result.TargetFacts(
                                        "vm", TargetKind.VM, "libvirt", true, Map.of("accelerator", "no KVM"), null)),
                        new Result.HarnessCost(20, 0.024, 0.5));

        assertEquals(
                "nginx: target vm is emulated: no KVM\nnginx: the harness itself takes 0.02 ms a launch\n", said());
    }

    private RunProgress progress(boolean interactive) {
        return new RunProgress(new Console(stream(out), stream(err), interactive, false, false), plan());
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private String said() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private static Launch good(int block, double ready) {
        return new Launch(
                1, block, 0, "docker", block == 0, true, "", Map.of("startup.ready_ms", ready), List.of(), null);
    }

    private static Launch good(Map<String, Double> values) {
        return new Launch(1, 1, 0, "docker", false, true, "", values, List.of(), null);
    }

    private static Launch failed(int block) {
        return new Launch(
                1,
                block,
                0,
                "docker",
                false,
                false,
                "",
                Map.of(),
                List.of(),
                new Failure("timeout", "target docker: too late", null));
    }

    /** Two launches in each of one discarded and two measured blocks. */
    private static Plan plan() {
        return StartupPlans.of("nginx", true, 2, 1);
    }
}
