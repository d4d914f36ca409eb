package dev.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.measure.scaleout.ScaleOutTrial;
import dev.bench.measure.scaleout.ScaleOutTrial.LoadPoint;
import dev.bench.result.Launch;
import dev.bench.result.ResultStore;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Measures scale-out on the real engines, and holds them to the same processor time. */
@Tag("alone")
@ExtendWith(NothingIsLeft.class)
class ScaleOutIT {
    private static final String IMAGE = "{debian: bookworm, packages: [nginx-light]}";
    private static final double CPUS = 0.5;
    private static final double WINDOW_SECONDS = 5;
    /** Long enough for an emulated machine to come to its loop before the last window. */
    private static final double LOOP_SECONDS = 20;

    private static final double TICKS_PER_SECOND = 100;

    @TempDir
    private Path directory;

    private Bench bench;

    @BeforeEach
    void prepare() {
        bench = new Bench(directory);
    }

    @Test
    void startsAndLoadsInstancesOnEverySubstrateAndReportsIt() throws Exception {
        Bench.Outcome outcome =
                bench.run("run", "--yes", write("""
                name: small
                measure: scale-out
                scale-out:
                  starts: {instances: 2, concurrency: 2}
                  throughput:
                    instances: [1, 2]
                    duration: 500ms
                    open: {each: [50/s], of_closed: [0.5]}
                    slo: {p99: 500ms}
                workload:
                  image: %s
                  command: [nginx, -g, "daemon off;"]
                  ready: {http: {port: 80}}
                limits: {cpus: 0.5}
                targets: {process: {}, container: {}, vm: {}}
                plan: {blocks: 1, warmup_blocks: 0, control: false}
                """.formatted(IMAGE)).toString());

        assertEquals(0, outcome.status(), outcome.err());
        assertTrue(outcome.err().contains("small: takes about "), outcome.err());
        ResultStore store = new ResultStore(bench.result());
        for (Launch launch : store.launches()) {
            assertTrue(launch.ok(), launch.toString());
            assertTrue(
                    launch.values()
                            .keySet()
                            .containsAll(List.of(
                                    "scaleout.ready_per_s",
                                    "scaleout.first_ms",
                                    "scaleout.half_ms",
                                    "scaleout.all_ms",
                                    "scaleout.one_more_ms")),
                    launch.toString());
        }
        assertEquals(3, store.details(ScaleOutTrial.FILE).size());
        for (ScaleOutTrial trial : store.details(ScaleOutTrial.FILE)) {
            assertEquals(2, trial.ready().size(), trial.toString());
            assertEquals(6, trial.points().size(), trial.toString());
            for (LoadPoint point : trial.points()) {
                assertEquals(null, point.skipped(), trial.toString());
                assertTrue(point.answered() > 0, trial.toString());
                assertFalse(point.response().isEmpty() || point.service().isEmpty(), trial.toString());
            }
        }
        String histograms = Files.readString(store.directory().resolve("latency.hlog"));
        for (String target : List.of("process", "container", "vm")) {
            assertTrue(histograms.contains("Tag=" + target + ".2.50/s_each.response,"), target);
        }
        String html = Files.readString(store.directory().resolve("report.html"));
        assertTrue(html.contains("<h1>small, starts per second: container "), html.substring(0, 2000));
        for (String part : List.of(
                "Share of instances ready",
                "Requests per second over instances, closed loop",
                "Latency over instances, open loop, 50/s each",
                "Latency by percentile, 0.5 of closed, 2 instances",
                "Instances within p99 ≤ 500 ms at 50/s each")) {
            assertTrue(html.contains(part), part);
        }
        assertFalse(html.contains("Where the time goes"), "there are no phases of a single launch");
    }

    @Test
    void aBusyLoopGetsTheSameProcessorTimeOnEverySubstrate() throws Exception {
        Process process =
                bench.start("run", "--yes", write("""
                name: busy
                workload:
                  image: %s
                  command: [sh, -c, "while :; do :; done"]
                  ready: {exit: 0, timeout: 25s}
                limits: {cpus: %s}
                targets: {process: {}, container: {}, vm: {}}
                plan: {blocks: 1, control: false}
                """.formatted(IMAGE, CPUS)).toString());
        Map<Path, List<double[]>> samples = new LinkedHashMap<>();
        while (process.isAlive()) {
            if (!bench.read("err.txt").contains(": measuring")) {
                // What proves the targets' identity before is no busy loop.
                process.waitFor(200, TimeUnit.MILLISECONDS);
                continue;
            }
            groups().forEach((group, seconds) -> samples.computeIfAbsent(group, name -> new ArrayList<>())
                    .add(new double[] {System.nanoTime() / 1e9, seconds}));
            process.waitFor(200, TimeUnit.MILLISECONDS);
        }
        Bench.Outcome outcome = bench.finish(process);
        assertEquals(ExitCode.TARGET_FAILED.status(), outcome.status(), "a loop never ends: " + outcome.err());

        List<Double> shares = new ArrayList<>();
        samples.forEach((group, taken) -> share(taken).ifPresent(shares::add));
        assertEquals(3, shares.size(), "one busy loop per substrate: " + samples.keySet());
        for (double share : shares) {
            assertEquals(CPUS, share, CPUS * 0.1, "processors used by process, container and machine: " + shares);
        }
    }

    /** Returns the processors used over the last window of a group that lived long enough. */
    private static Optional<Double> share(List<double[]> taken) {
        double[] last = taken.get(taken.size() - 1);
        return taken.stream()
                .filter(sample -> last[0] - sample[0] >= WINDOW_SECONDS && last[0] - sample[0] < WINDOW_SECONDS + 1)
                .findFirst()
                .filter(sample -> last[0] - taken.get(0)[0] > LOOP_SECONDS)
                .map(sample -> (last[1] - sample[1]) / (last[0] - sample[0]));
    }

    /** Returns the processor seconds of every process in each instance's group, as the host counts them. */
    private static Map<Path, Double> groups() throws IOException {
        Map<Path, Double> seconds = new LinkedHashMap<>();
        Path root = Files.isDirectory(Path.of("/sys/fs/cgroup/cpu"))
                ? Path.of("/sys/fs/cgroup/cpu")
                : Path.of("/sys/fs/cgroup");
        Path runs = root.resolve("bench");
        if (!Files.isDirectory(runs)) {
            return seconds;
        }
        try (DirectoryStream<Path> found = Files.newDirectoryStream(runs, Files::isDirectory)) {
            for (Path run : found) {
                try (DirectoryStream<Path> instances = Files.newDirectoryStream(run, Files::isDirectory)) {
                    for (Path instance : instances) {
                        double ticks = ticks(instance);
                        if (ticks > 0) {
                            seconds.put(instance, ticks / TICKS_PER_SECOND);
                        }
                    }
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // A group went while it was read; the next look sees the others.
        }
        return seconds;
    }

    private static double ticks(Path group) {
        double ticks = 0;
        try {
            for (String pid : Files.readAllLines(group.resolve("cgroup.procs"))) {
                String stat = Files.readString(Path.of("/proc", pid, "stat"));
                String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
                // Fields 14 and 15 of proc(5): user and system time.
                ticks += Double.parseDouble(fields[11]) + Double.parseDouble(fields[12]);
            }
        } catch (IOException e) {
            return 0;
        }
        return ticks;
    }

    private Path write(String scenario) throws IOException {
        Path file = directory.resolve("scenario.yaml");
        Files.writeString(file, scenario);
        return file;
    }
}
