package dev.bench.plan;

import dev.bench.measure.startup.StartupSettings;
import dev.bench.target.TargetDefinition;
import dev.bench.workload.ConfigOverrides;
import dev.bench.workload.ImageSource;
import dev.bench.workload.Limits;
import dev.bench.workload.Readiness;
import dev.bench.workload.Workload;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Makes plans for tests. */
public final class Plans {
    private Plans() {}

    /** Returns a plan that is the same in all but this. */
    public static Plan plan(long seed, boolean control, String... targets) {
        return plan("startup", new StartupSettings(), 1, "fake", seed, control, targets);
    }

    /** Returns a plan that is the same in all but this. */
    public static Plan plan(String measure, MeasureSettings settings, long memoryBytes, String engine) {
        return plan(measure, settings, memoryBytes, engine, 1, false, "one");
    }

    private static Plan plan(
            String measure,
            MeasureSettings settings,
            long memoryBytes,
            String engine,
            long seed,
            boolean control,
            String... targets) {
        return new Plan(
                "test",
                "",
                measure,
                settings,
                Path.of("/scenario.yaml"),
                new Workload(
                        new ImageSource.Oci("image"),
                        ConfigOverrides.none(),
                        new Readiness.Exit(0, Duration.ofSeconds(1))),
                new Limits(1, memoryBytes),
                Arrays.stream(targets)
                        .map(name -> new TargetDefinition(name, engine, Map.of()))
                        .toList(),
                targets[0],
                control,
                new Schedule(20, 1, 1, seed, Duration.ZERO),
                null,
                List.of());
    }
}
