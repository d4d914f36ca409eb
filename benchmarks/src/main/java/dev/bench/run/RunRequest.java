package dev.bench.run;

import dev.bench.plan.Plan;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks for one run.
 *
 * @param plan what to do
 * @param planWarnings what the planner found worth saying
 * @param outputRoot directory below which the result directory is made
 * @param cacheDirectory files that outlive runs
 * @param dockerHost an existing container engine, or null for the lab's own
 * @param libvirtUri an existing libvirt, or null for the lab's own
 * @param tool version and commit of this build
 * @param command the command line as given
 */
public record RunRequest(
        Plan plan,
        List<String> planWarnings,
        Path outputRoot,
        Path cacheDirectory,
        @Nullable String dockerHost,
        @Nullable String libvirtUri,
        String tool,
        List<String> command) {
    public RunRequest {
        planWarnings = List.copyOf(planWarnings);
        command = List.copyOf(command);
    }
}
