package dev.bench.history;

import dev.bench.result.Launch;
import dev.bench.result.Phase;
import dev.bench.result.PhaseName;
import dev.bench.result.Result;
import dev.bench.result.ResultStore;
import dev.bench.result.TargetKind;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Describes a stored result for tests: a container and a virtual machine, the latter emulated; then writes it. */
public final class SampleResult {
    private String scenario = "startup";
    private Instant startedAt = Instant.parse("2026-01-01T12:00:00Z");
    private String cpu = "Example CPU 3000";
    private String memory = "24077 MiB";
    private String kernel = "6.1.0-17";
    private boolean emulated = true;
    private boolean partial;
    private boolean analysed = true;
    private double container = 250;
    private double machine = 3_100;

    public SampleResult scenario(String name) {
        scenario = name;
        return this;
    }

    public SampleResult at(Instant time) {
        startedAt = time;
        return this;
    }

    public SampleResult cpu(String model) {
        cpu = model;
        return this;
    }

    public SampleResult memory(String size) {
        memory = size;
        return this;
    }

    public SampleResult kernel(String release) {
        kernel = release;
        return this;
    }

    public SampleResult onHardware() {
        emulated = false;
        return this;
    }

    public SampleResult partial() {
        partial = true;
        return this;
    }

    /** Leaves the statistics out, as a result has them before it is analysed. */
    public SampleResult notAnalysed() {
        analysed = false;
        return this;
    }

    public SampleResult medians(double containerMs, double machineMs) {
        container = containerMs;
        machine = machineMs;
        return this;
    }

    /** Writes the result, with eleven blocks of launches, the first of them discarded. */
    public ResultStore write(Path directory) {
        ResultStore store = ResultStore.create(directory);
        for (int block = 0; block <= 10; block++) {
            double spread = 1 + (block - 5) * 0.004;
            store.append(launch(block, 0, "container", container * spread));
            store.append(launch(block, 1, "container (A/A)", container * spread));
            store.append(launch(block, 2, "vm", machine * spread));
        }
        store.write("scenario.yaml", ("name: " + scenario + "\n").getBytes(StandardCharsets.UTF_8));
        store.write(result(directory.getFileName().toString()));
        return store;
    }

    private Launch launch(int block, int position, String target, double ready) {
        return new Launch(
                1,
                block,
                position,
                target,
                block == 0,
                true,
                startedAt.toString(),
                Map.of("startup.ready_ms", ready, "startup.exec_ms", ready * 0.8),
                List.of(
                        new Phase(PhaseName.REQUEST, 0),
                        new Phase(PhaseName.EXEC, ready * 0.8),
                        new Phase(PhaseName.READY, ready)),
                null);
    }

    private Result result(String id) {
        Map<String, String> host = new LinkedHashMap<>();
        host.put("cpu", cpu);
        host.put("topology", "1 socket, 2 cores, 2 threads");
        host.put("memory", memory);
        host.put("kernel", kernel);
        host.put("load average", Double.toString(container));
        return new Result(
                Result.SCHEMA,
                id,
                "bench 0.1.0",
                List.of("bench", "run"),
                startedAt.toString(),
                startedAt.plusSeconds(180).toString(),
                170,
                new Result.ScenarioFacts(scenario, "cd".repeat(32), "startup"),
                Result.PlanFacts.of(7, 10, 1, "container", "container (A/A)"),
                host,
                new Result.WorkloadFacts(
                        "nginx", "sha256:" + "12".repeat(32), "ab".repeat(32), List.of("nginx"), "HTTP 200", "1 CPU"),
                List.of(
                        new Result.TargetFacts("container", TargetKind.CONTAINER, "docker", false, Map.of(), null),
                        new Result.TargetFacts("vm", TargetKind.VM, "libvirt", emulated, Map.of(), null)),
                null,
                analysed ? metrics() : List.of(),
                List.of(),
                List.of(),
                partial);
    }

    private List<Result.MetricSummary> metrics() {
        List<Result.MetricSummary> metrics = new ArrayList<>();
        for (String metric : List.of("startup.ready_ms", "startup.exec_ms")) {
            double share = metric.equals("startup.ready_ms") ? 1 : 0.8;
            metrics.add(summary(metric, "container", container * share));
            metrics.add(summary(metric, "vm", machine * share));
            metrics.add(summary(metric, "container (A/A)", container * share));
        }
        return metrics;
    }

    private static Result.MetricSummary summary(String metric, String target, double median) {
        return new Result.MetricSummary(
                metric,
                "ms",
                target,
                10,
                0,
                median,
                median * 0.985,
                median * 1.015,
                median * 0.01,
                median * 0.98,
                median * 1.02,
                0);
    }
}
