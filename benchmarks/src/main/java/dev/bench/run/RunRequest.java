package dev.bench.run;

import dev.bench.plan.Plan;
import dev.bench.target.Endpoint;
import dev.bench.target.TargetDriver;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Asks for one run.
 *
 * @param plan what to do
 * @param planWarnings what the planner found worth saying
 * @param outputRoot directory below which the result directory is made
 * @param cacheDirectory files that outlive runs
 * @param endpoints existing services to use instead of the lab's own, by {@link Endpoint#key}
 * @param drivers every target driver
 * @param tool version and commit of this build
 * @param command the command line as given
 */
public record RunRequest(
        Plan plan,
        List<String> planWarnings,
        Path outputRoot,
        Path cacheDirectory,
        Map<String, String> endpoints,
        List<TargetDriver> drivers,
        String tool,
        List<String> command) {
    public RunRequest {
        planWarnings = List.copyOf(planWarnings);
        endpoints = Map.copyOf(endpoints);
        drivers = List.copyOf(drivers);
        command = List.copyOf(command);
    }
}
