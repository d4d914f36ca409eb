package dev.bench.cli;

import dev.bench.measure.startup.StartupSettings;
import dev.bench.plan.Plan;
import dev.bench.plan.Schedule;
import dev.bench.target.TargetDefinition;
import dev.bench.workload.ConfigOverrides;
import dev.bench.workload.ImageSource;
import dev.bench.workload.Limits;
import dev.bench.workload.Readiness;
import dev.bench.workload.Workload;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Makes plans of one container target. */
final class StartupPlans {
    private StartupPlans() {}

    static Plan of(String name, boolean control, int blocks, int warmupBlocks) {
        return new Plan(
                name,
                "",
                "startup",
                new StartupSettings(),
                Path.of("/s.yaml"),
                new Workload(
                        new ImageSource.Oci("nginx"),
                        ConfigOverrides.none(),
                        new Readiness.Exit(0, Duration.ofSeconds(1))),
                new Limits(1, 1),
                List.of(new TargetDefinition("docker", "docker", Map.of())),
                "docker",
                control,
                new Schedule(blocks, warmupBlocks, 1, 7, Duration.ZERO),
                null,
                List.of());
    }
}
