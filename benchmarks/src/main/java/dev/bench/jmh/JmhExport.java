package dev.bench.jmh;

import dev.bench.result.Launch;
import dev.bench.session.LaunchValues;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.ResultRole;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.SingleShotResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.IterationType;
import org.openjdk.jmh.runner.WorkloadParams;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.util.Version;

/**
 * Renders stored launches in JMH's own JSON, for JMH's own ecosystem.
 *
 * <p>A target is a value of the parameter {@code target}, a session is a fork, a measured block an iteration. The
 * scores are JMH's own. Failed launches have no score and are absent, which JMH's format cannot express: the count of
 * failures stands in {@code result.json} only.
 */
public final class JmhExport {
    private JmhExport() {}

    /** Returns the JSON as UTF-8 bytes; an empty array of results where nothing was measured. */
    public static byte[] json(List<Launch> launches) {
        Map<String, Map<Integer, List<Launch>>> byTarget = new TreeMap<>();
        for (Launch launch : launches) {
            if (launch.ok() && !launch.warmup() && launch.values().containsKey(LaunchValues.JMH_SCORE)) {
                byTarget.computeIfAbsent(launch.target(), target -> new TreeMap<>())
                        .computeIfAbsent(launch.session(), session -> new ArrayList<>())
                        .add(launch);
            }
        }
        List<RunResult> results = new ArrayList<>();
        byTarget.forEach((target, sessions) -> results.add(runResult(target, sessions)));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PrintStream stream = new PrintStream(bytes, false, StandardCharsets.UTF_8)) {
            ResultFormatFactory.getInstance(ResultFormatType.JSON, stream).writeOut(results);
        }
        return bytes.toByteArray();
    }

    private static RunResult runResult(String target, Map<Integer, List<Launch>> sessions) {
        int iterations = sessions.values().stream().mapToInt(List::size).max().orElse(0);
        BenchmarkParams params = params(target, sessions.size(), iterations);
        List<BenchmarkResult> forks = new ArrayList<>();
        for (List<Launch> launches : sessions.values()) {
            List<IterationResult> shots = new ArrayList<>();
            for (Launch launch : launches) {
                IterationResult shot = new IterationResult(params, params.getMeasurement(), null);
                long nanos = Math.round(launch.values().getOrDefault(LaunchValues.JMH_SCORE, 0.0) * 1e6);
                shot.addResult(new SingleShotResult(ResultRole.PRIMARY, "launch", nanos, TimeUnit.MILLISECONDS));
                shots.add(shot);
            }
            forks.add(new BenchmarkResult(params, shots));
        }
        return new RunResult(params, forks);
    }

    private static BenchmarkParams params(String target, int forks, int iterations) {
        WorkloadParams workload = new WorkloadParams();
        workload.put("target", target, 0);
        String benchmark = LaunchBenchmark.class.getName() + ".launch";
        return new BenchmarkParams(
                benchmark,
                benchmark,
                false,
                1,
                new int[] {1},
                List.of(),
                forks,
                0,
                new IterationParams(IterationType.WARMUP, 0, TimeValue.NONE, 1),
                new IterationParams(IterationType.MEASUREMENT, iterations, TimeValue.NONE, 1),
                Mode.SingleShotTime,
                workload,
                TimeUnit.MILLISECONDS,
                1,
                System.getProperty("java.home") + "/bin/java",
                List.of(),
                System.getProperty("java.version"),
                System.getProperty("java.vm.name"),
                System.getProperty("java.vm.version"),
                Version.getPlainVersion(),
                TimeValue.NONE);
    }
}
