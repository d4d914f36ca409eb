package dev.bench.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Gives the right inputs that wrong ones are made from. */
final class Samples {
    private static final Path SCENARIOS = Path.of("..", "scenarios");
    private static final Path RESULT = Path.of("..", "harness/src/test/resources/dev/bench/result/bench-1");

    private Samples() {}

    /** Returns every scenario that comes with the tool. */
    static List<byte[]> scenarios() {
        try (Stream<Path> files = Files.list(SCENARIOS)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .map(Samples::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the files of a stored result, by name. */
    static Map<String, byte[]> result() {
        return Map.of(
                "result.json",
                read(RESULT.resolve("result.json")),
                "launches.jsonl",
                read(RESULT.resolve("launches.jsonl")),
                "readings.jsonl",
                """
                {"session":1,"block":1,"target":"container","warmup":false,"instances":0,"loaded":false,"settled":true,"settleSeconds":0.5,"values":{"host.available":9000.0,"pss":0.0}}
                {"session":1,"block":1,"target":"container","warmup":false,"instances":2,"loaded":false,"settled":true,"settleSeconds":0.5,"values":{"host.available":8990.0,"pss":9.0,"workload.private":4.0}}
                {"session":1,"block":1,"target":"vm","warmup":false,"instances":0,"loaded":false,"settled":true,"settleSeconds":0.5,"values":{"host.available":9000.0}}
                {"session":1,"block":1,"target":"vm","warmup":false,"instances":2,"loaded":true,"settled":false,"settleSeconds":0.5,"values":{"host.available":8800.0,"guest.backed":180.0}}
                """.getBytes(ISO_8859_1),
                "scaleout.jsonl",
                """
                {"session":1,"block":1,"target":"container","warmup":false,"starts":[{"intendedMs":0.0,"readyMs":210.5,"endedMs":210.5,"failure":null},{"intendedMs":0.0,"readyMs":null,"endedMs":300.0,"failure":"not ready"}],"oneMore":{"intendedMs":0.0,"readyMs":190.5,"endedMs":190.5,"failure":null},"points":[{"instances":1,"load":"closed","offeredPerSecond":0.0,"answeredPerSecond":900.5,"answered":900,"failed":0,"unanswered":0,"response":[{"percentile":50.0,"ms":1.5},{"percentile":99.0,"ms":3.5}],"service":[{"percentile":99.0,"ms":3.0}],"lagMs":0.1,"clientBusy":0.2,"clientBound":false,"skipped":null},{"instances":1,"load":"200/s each","offeredPerSecond":200.0,"answeredPerSecond":200.0,"answered":200,"failed":0,"unanswered":0,"response":[{"percentile":99.0,"ms":3.5}],"service":[{"percentile":99.0,"ms":3.0}],"lagMs":0.1,"clientBusy":0.2,"clientBound":false,"skipped":null}],"density":{"load":"200/s each","sloMs":50.0,"instances":1,"stop":"no more were started"}}
                """.getBytes(ISO_8859_1));
    }

    /** Returns what JMH writes for three benchmarks. */
    static byte[] jmh() {
        return """
                [
                  {"jmhVersion": "1.37", "benchmark": "org.sample.Parse.small", "mode": "avgt", "threads": 1, "forks": 3,
                   "jvm": "/usr/bin/java", "jvmArgs": ["-Xmx1g"], "jdkVersion": "17.0.1", "vmName": "VM", "vmVersion": "17",
                   "warmupIterations": 1, "warmupTime": "1 s", "measurementIterations": 3, "measurementTime": "1 s",
                   "params": {"size": "10", "kind": "a"},
                   "primaryMetric": {"score": 1.5, "scoreError": "NaN", "scoreConfidence": ["NaN", "NaN"],
                     "scorePercentiles": {"0.0": 1.0, "100.0": 2.0}, "scoreUnit": "us/op",
                     "rawData": [[1.5, 1.6, 1.4], [1.45, 1.55, 1.5], [1.52, 1.48, 1.51]]},
                   "secondaryMetrics": {"gc.count": {"score": 3.0, "scoreUnit": "counts", "rawData": [[1.0]]}}},
                  {"jmhVersion": "1.37", "benchmark": "org.sample.Parse.small", "mode": "thrpt", "threads": 4, "forks": 1,
                   "params": {"size": "20", "kind": "b"},
                   "primaryMetric": {"score": 1e6, "scoreUnit": "ops/s", "rawData": [[1000000.0, 1010000.5, 990000.25]]},
                   "secondaryMetrics": {}},
                  {"jmhVersion": "1.37", "benchmark": "org.sample.Parse.sampled", "mode": "sample", "threads": 1, "forks": 1,
                   "primaryMetric": {"score": 0.5, "scoreUnit": "ms/op",
                     "rawDataHistogram": [[[[0.5, 10], [0.6, 3]], [[0.5, 11], [0.7, 1]]]]},
                   "secondaryMetrics": {}}
                ]
                """.getBytes(ISO_8859_1);
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
