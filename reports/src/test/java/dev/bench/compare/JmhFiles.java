package dev.bench.compare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** Writes files as JMH 1.37 does. */
public final class JmhFiles {
    private JmhFiles() {}

    /** Returns one benchmark with forks of iterations around a value; names are put in as they are. */
    public static String benchmark(
            String name, String mode, String params, String unit, int forks, int iterations, double value) {
        SplittableRandom random = new SplittableRandom((long) value);
        List<String> raw = new ArrayList<>();
        for (int fork = 0; fork < forks; fork++) {
            List<String> values = new ArrayList<>();
            for (int iteration = 0; iteration < iterations; iteration++) {
                values.add(String.format(Locale.ROOT, "%.6f", value * (1 + 0.01 * random.nextGaussian())));
            }
            raw.add("[" + String.join(", ", values) + "]");
        }
        return "{\"jmhVersion\": \"1.37\", \"benchmark\": \"" + name + "\", \"mode\": \"" + mode
                + "\", \"threads\": 1, \"forks\": " + forks
                + ", \"jvm\": \"/usr/bin/java\", \"jvmArgs\": [\"-Xmx1g\"], \"jdkVersion\": \"17.0.1\","
                + " \"vmName\": \"OpenJDK\", \"vmVersion\": \"17.0.1+12\", \"warmupIterations\": 5,"
                + " \"warmupTime\": \"1 s\", \"warmupBatchSize\": 1, \"measurementIterations\": " + iterations
                + ", \"measurementTime\": \"1 s\", \"measurementBatchSize\": 1,"
                + (params.isEmpty() ? "" : " \"params\": {" + params + "},")
                + " \"primaryMetric\": {\"score\": " + value
                + ", \"scoreError\": \"NaN\", \"scoreConfidence\": [\"NaN\", \"NaN\"],"
                + " \"scorePercentiles\": {\"0.0\": 1.0, \"100.0\": 2.0}, \"scoreUnit\": \"" + unit
                + "\", \"rawData\": [" + String.join(", ", raw)
                + "]}, \"secondaryMetrics\": {\"gc.alloc.rate\": {\"score\": 1.0, \"rawData\": [[1.0]]}}}";
    }

    /** Writes an array of benchmarks. */
    public static String write(Path file, String... benchmarks) {
        try {
            Files.writeString(file, "[\n" + String.join(",\n", benchmarks) + "\n]\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file.toString();
    }
}
