package dev.bench.known;

import dev.bench.report.Reports;
import dev.bench.result.Launch;
import dev.bench.result.Phase;
import dev.bench.result.PhaseName;
import dev.bench.result.Result;
import dev.bench.result.ResultStore;
import dev.bench.result.TargetKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Makes a history of results, as a team has after some months: two scenarios on hosts of two classes in turn, each with a
 * process, a container and a virtual machine, one of which changes its level half-way. All of them carry the report of
 * the first, since a report's content does not matter to who copies it.
 */
public final class ManyResults {
    private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration APART = Duration.ofHours(6);
    private static final int BLOCKS = 20;
    private static final double SPREAD = 0.02;
    private static final double STEP = 1.1;
    private static final double EXEC = 0.8;
    private static final int STEP_AT = 250;

    /** What a launch takes until it is ready, by target. */
    private static final Map<String, Double> READY_MS = inOrder("process", 48, "container", 250, "vm", 3_100);
    /** The metrics, as shares of that. */
    private static final Map<String, Double> SHARES =
            inOrder("startup.ready_ms", 1, "startup.exec_ms", EXEC, "teardown_ms", 0.3);

    private final Path folder;
    private byte[] report = new byte[0];

    /** Takes the folder for the results; nothing is written yet. */
    public ManyResults(Path folder) {
        this.folder = folder;
    }

    /** Writes the results of some numbers; each number stands for one and the same result. */
    public void write(int from, int to) throws IOException {
        for (int number = from; number < to; number++) {
            Instant startedAt = FIRST.plus(APART.multipliedBy(number));
            String scenario = number / 2 % 2 == 0 ? "startup" : "redis";
            String name = scenario + "-" + startedAt.toString().replaceAll("[-:]", "");
            ResultStore store = ResultStore.create(folder.resolve(name));
            for (int block = 0; block <= BLOCKS; block++) {
                launches(number, block, startedAt).forEach(store::append);
            }
            store.write("scenario.yaml", ("name: " + scenario + "\n").getBytes(StandardCharsets.UTF_8));
            store.write(result(number, name, scenario, startedAt));
            if (report.length == 0) {
                Reports.write(store);
                report = Files.readAllBytes(store.directory().resolve("report.html"));
            } else {
                store.write("report.html", report);
            }
        }
    }

    private static Map<String, Double> inOrder(
            String name1, double value1, String name2, double value2, String name3, double value3) {
        Map<String, Double> values = new LinkedHashMap<>();
        values.put(name1, value1);
        values.put(name2, value2);
        values.put(name3, value3);
        return values;
    }

    private static double level(int number, String target) {
        double step = target.equals("container") && number >= STEP_AT ? STEP : 1;
        return READY_MS.getOrDefault(target, 0.0) * step * spread(new SplittableRandom(number));
    }

    private static double spread(SplittableRandom random) {
        return 1 + SPREAD * (2 * random.nextDouble() - 1);
    }

    private static List<Launch> launches(int number, int block, Instant startedAt) {
        SplittableRandom random = new SplittableRandom(((long) number << 32) | block);
        List<Launch> launches = new ArrayList<>();
        for (String target : READY_MS.keySet()) {
            double ready = level(number, target) * spread(random);
            Map<String, Double> values = new LinkedHashMap<>();
            SHARES.forEach((metric, share) -> values.put(metric, ready * share));
            launches.add(new Launch(
                    1,
                    block,
                    launches.size(),
                    target,
                    block == 0,
                    true,
                    startedAt.toString(),
                    values,
                    List.of(
                            new Phase(PhaseName.REQUEST, 0),
                            new Phase(PhaseName.EXEC, ready * EXEC),
                            new Phase(PhaseName.READY, ready)),
                    null));
        }
        return launches;
    }

    private static Result result(int number, String name, String scenario, Instant startedAt) {
        boolean large = number % 2 == 1;
        Map<String, String> host = new LinkedHashMap<>();
        host.put("cpu", large ? "Example CPU 9000" : "Example CPU 3000");
        host.put("topology", large ? "2 sockets, 64 cores, 128 threads" : "1 socket, 2 cores, 2 threads");
        host.put("memory", large ? "257000 MiB" : "24077 MiB");
        host.put("kernel", number < STEP_AT ? "6.1.0-17" : "6.1.0-18");
        List<Result.TargetFacts> targets = List.of(
                new Result.TargetFacts("process", TargetKind.PROCESS, "process", false, Map.of(), null),
                new Result.TargetFacts("container", TargetKind.CONTAINER, "docker", false, Map.of(), null),
                new Result.TargetFacts("vm", TargetKind.VM, "libvirt", !large, Map.of(), null));
        return new Result(
                Result.SCHEMA,
                name,
                "bench",
                List.of("bench", "run"),
                startedAt.toString(),
                startedAt.plusSeconds(180).toString(),
                170,
                new Result.ScenarioFacts(scenario, "00", "startup"),
                Result.PlanFacts.of(number, BLOCKS, 1, "container", null),
                host,
                new Result.WorkloadFacts("image", "sha256:00", "00", List.of("serve"), "HTTP 200", "1 CPU, 256 MiB"),
                targets,
                null,
                metrics(number),
                List.of(),
                List.of(),
                false);
    }

    private static List<Result.MetricSummary> metrics(int number) {
        List<Result.MetricSummary> metrics = new ArrayList<>();
        for (Map.Entry<String, Double> share : SHARES.entrySet()) {
            for (String target : READY_MS.keySet()) {
                double median = level(number, target) * share.getValue();
                metrics.add(new Result.MetricSummary(
                        share.getKey(),
                        "ms",
                        target,
                        BLOCKS,
                        0,
                        median,
                        median * (1 - SPREAD / 2),
                        median * (1 + SPREAD / 2),
                        median * SPREAD / 2,
                        median * (1 - SPREAD),
                        median * (1 + SPREAD),
                        0));
            }
        }
        return metrics;
    }
}
