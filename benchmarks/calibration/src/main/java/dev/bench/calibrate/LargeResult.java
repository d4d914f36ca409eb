package dev.bench.calibrate;

import dev.bench.result.Launch;
import dev.bench.result.Phase;
import dev.bench.result.ResultStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Makes a large result out of a measured one: its launches over and over, each with a spread of its own. */
final class LargeResult {
    private static final long SEED = 1;
    private static final double SPREAD = 0.02;

    private LargeResult() {}

    /** Writes the result to a directory and returns it. */
    static ResultStore of(ResultStore measured, Path directory, int launches) throws IOException {
        ResultStore store = ResultStore.create(directory);
        SplittableRandom random = new SplittableRandom(SEED);
        List<Launch> samples =
                measured.launches().stream().filter(launch -> !launch.warmup()).toList();
        int blocks = samples.stream().mapToInt(Launch::block).max().orElseThrow();
        for (int i = 0; i < launches; i++) {
            Launch sample = samples.get(i % samples.size());
            store.append(spread(sample, i / samples.size() * blocks, 1 + SPREAD * (2 * random.nextDouble() - 1)));
        }
        store.write("scenario.yaml", Files.readAllBytes(measured.directory().resolve("scenario.yaml")));
        store.write(measured.read());
        return store;
    }

    private static Launch spread(Launch sample, int blockOffset, double factor) {
        Map<String, Double> values = new LinkedHashMap<>();
        sample.values().forEach((metric, value) -> values.put(metric, measured(value * factor)));
        return new Launch(
                sample.session(),
                sample.block() + blockOffset,
                sample.position(),
                sample.target(),
                false,
                sample.ok(),
                sample.startedAt(),
                values,
                sample.phases().stream()
                        .map(phase -> new Phase(phase.name(), measured(phase.atMs() * factor)))
                        .toList(),
                sample.failure());
    }

    /** Rounds to the nanosecond that clocks tell, so that a launch is stored in as many digits as a measured one. */
    private static double measured(double millis) {
        return Math.rint(millis * 1e6) / 1e6;
    }
}
