package dev.bench.compare;

import dev.bench.result.Bound;
import dev.bench.result.Claim;
import dev.bench.result.Failure;
import dev.bench.result.Launch;
import dev.bench.result.Result;
import dev.bench.result.ResultStore;
import dev.bench.result.TargetKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes stored results to compare, with values drawn from a fixed seed. */
public final class StoredResults {
    private final List<Claim> claims = new ArrayList<>();
    private final Map<String, String> host = new TreeMap<>(Map.of(
            "cpu", "EPYC", "topology", "1 socket, 2 cores, 2 threads", "memory", "24030 MiB", "kernel", "6.1.0"));
    private final Map<String, Double> medians = new LinkedHashMap<>();
    private final List<Result.TargetFacts> targets = new ArrayList<>();
    private final Map<String, Integer> failing = new LinkedHashMap<>();
    private final Map<String, Double> noise = new LinkedHashMap<>();
    private long seed = 1;
    private int blocks = 20;
    private int sessions = 1;
    private double sigma = 0.02;
    private double controlSigma = 0.02;
    private boolean partial;
    private boolean ends;
    private @Nullable Double cpus;
    private String metric = "startup.ready_ms";
    private String image = "nginx";
    private final Map<String, Double> others = new LinkedHashMap<>();
    private String scenario = "startup";
    private String measure = "startup";
    private double secondSessionShift;
    private final Map<String, String> baselines = new LinkedHashMap<>();
    private Map<String, Double> budgets = Map.of();
    private Map<String, Bound> limits = Map.of();

    public StoredResults target(String name, double median) {
        return target(name, median, TargetKind.CONTAINER, false, Map.of("engine", "Docker 24"));
    }

    public StoredResults target(
            String name, double median, TargetKind kind, boolean emulated, Map<String, String> facts) {
        medians.put(name, median);
        targets.add(new Result.TargetFacts(name, kind, "engine", emulated, facts, null));
        return this;
    }

    public StoredResults claim(Claim claim) {
        claims.add(claim);
        return this;
    }

    public StoredResults host(String name, String value) {
        host.put(name, value);
        return this;
    }

    public StoredResults seed(long value) {
        seed = value;
        return this;
    }

    public StoredResults blocks(int value) {
        blocks = value;
        return this;
    }

    public StoredResults sessions(int value) {
        sessions = value;
        return this;
    }

    public StoredResults sigma(double value) {
        sigma = value;
        return this;
    }

    /** Makes one target noisier or quieter than the rest. */
    public StoredResults noise(String target, double value) {
        noise.put(target, value);
        return this;
    }

    public StoredResults controlSigma(double value) {
        controlSigma = value;
        return this;
    }

    public StoredResults partial() {
        partial = true;
        return this;
    }

    /** Makes the workload a job, which is ready when it ends. */
    public StoredResults ending() {
        ends = true;
        return this;
    }

    /** Says how many processors an instance may use. */
    public StoredResults cpus(double value) {
        cpus = value;
        return this;
    }

    public StoredResults metric(String id) {
        metric = id;
        return this;
    }

    public StoredResults image(String name) {
        image = name;
        return this;
    }

    public StoredResults failing(String target, int launches) {
        failing.put(target, launches);
        return this;
    }

    /** Names the scenario and what it measures. */
    public StoredResults scenario(String name, String label) {
        scenario = name;
        measure = label;
        return this;
    }

    /** Measures one more metric in every launch, with the values of the first times the factor. */
    public StoredResults also(String id, double factor) {
        others.put(id, factor);
        return this;
    }

    /** Multiplies all that is measured in the second session by exp(shift). */
    public StoredResults secondSessionShift(double shift) {
        secondSessionShift = shift;
        return this;
    }

    /** Makes it a gate in which the target of this name is held against the one named like it with a suffix. */
    public StoredResults judged(String target) {
        baselines.put(target, target + " (baseline)");
        return this;
    }

    public StoredResults budgets(Map<String, Double> byMetric) {
        budgets = byMetric;
        return this;
    }

    public StoredResults limits(Map<String, Bound> byMetric) {
        limits = byMetric;
        return this;
    }

    private Result.GateFacts gate() {
        return new Result.GateFacts(
                "runtime runc", baselines, null, budgets, limits, List.of("target vm is left out of the gate"));
    }

    /** Adds a container, a process and an emulated virtual machine, whose starts take 250, 48 and 3,000 ms. */
    public StoredResults onEveryKind() {
        return target("container", 250)
                .target("process", 48, TargetKind.PROCESS, false, Map.of())
                .target("vm", 3_000, TargetKind.VM, true, Map.of());
    }

    /** Stores it in a directory of its own below another one, and returns that. */
    public Path storeBelow(Path folder) {
        Path directory = folder.resolve("result-" + System.nanoTime());
        store(directory);
        return directory;
    }

    /** Stores the result; its A/A copy is one of the first target. */
    public String store(Path directory) {
        ResultStore store = ResultStore.create(directory);
        SplittableRandom random = new SplittableRandom(seed);
        String reference = medians.keySet().iterator().next();
        String control = reference + " (A/A)";
        for (int session = 1; session <= sessions; session++) {
            for (int block = 0; block <= blocks; block++) {
                for (Map.Entry<String, Double> target : medians.entrySet()) {
                    double shift = session == 2 ? secondSessionShift : 0;
                    double spread = noise.getOrDefault(target.getKey(), sigma);
                    double value = target.getValue() * Math.exp(shift + spread * random.nextGaussian());
                    boolean fails = block > 0 && block <= failing.getOrDefault(target.getKey(), 0);
                    store.append(launch(session, block, target.getKey(), value, fails));
                }
                double value = medians.get(reference) * Math.exp(controlSigma * random.nextGaussian());
                store.append(launch(session, block, control, value, false));
            }
        }
        store.write(new Result(
                Result.SCHEMA,
                directory.getFileName().toString(),
                "bench 0.1.0",
                List.of("bench", "run"),
                "2026-11-24T12:00:00Z",
                "2026-11-24T12:03:00Z",
                170,
                new Result.ScenarioFacts(scenario, "cd".repeat(32), measure, claims),
                new Result.PlanFacts(7, blocks, sessions, reference, control, baselines.isEmpty() ? null : gate()),
                host,
                new Result.WorkloadFacts(
                        image,
                        "sha256:12",
                        "ab",
                        List.of("nginx"),
                        "HTTP 200",
                        "1 CPU, 256 MiB",
                        List.of(),
                        ends,
                        cpus),
                targets,
                null,
                List.of(),
                List.of(),
                List.of(),
                partial));
        return directory.toString();
    }

    private Launch launch(int session, int block, String target, double value, boolean fails) {
        return new Launch(
                session,
                block,
                0,
                target,
                block == 0,
                !fails,
                "2026-11-24T12:00:00Z",
                fails ? Map.of() : values(value),
                List.of(),
                fails ? new Failure("timeout", "never ready", null) : null);
    }

    private Map<String, Double> values(double value) {
        Map<String, Double> values = new LinkedHashMap<>(Map.of(metric, value));
        others.forEach((id, factor) -> values.put(id, value * factor));
        return values;
    }
}
