package dev.bench.scenario;

import dev.bench.plan.MeasureSettings;
import dev.bench.target.TargetDefinition;
import dev.bench.workload.ImageSource;
import dev.bench.workload.Limits;
import dev.bench.workload.Readiness;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holds a scenario as written, checked; what it leaves out is null where the planner decides.
 *
 * @param file the file, absolute
 * @param text its content
 * @param name its name
 * @param description one line; may be empty
 * @param measure id of what it measures
 * @param settings what only this measure has to know
 * @param image where the image comes from
 * @param command replaces the image's argument vector
 * @param env {@code NAME=value} entries
 * @param user replaces the image's user
 * @param workingDirectory replaces the image's working directory
 * @param stopSignal replaces the image's stop signal
 * @param readiness what counts as ready
 * @param limits of every instance
 * @param targets in the file's order
 * @param blocks measured blocks per session
 * @param warmupBlocks discarded blocks
 * @param sessions measuring JVMs
 * @param seed decides the order within blocks
 * @param reference name of the target to compare with
 * @param control whether the reference runs twice per block
 * @param pause rest between launches
 * @param gate how it judges as a gate; null where it says nothing of that
 */
public record ScenarioSpec(
        Path file,
        String text,
        String name,
        String description,
        String measure,
        MeasureSettings settings,
        ImageSource image,
        @Nullable List<String> command,
        List<String> env,
        @Nullable String user,
        @Nullable String workingDirectory,
        @Nullable String stopSignal,
        Readiness readiness,
        Limits limits,
        List<TargetDefinition> targets,
        @Nullable Integer blocks,
        @Nullable Integer warmupBlocks,
        @Nullable Integer sessions,
        @Nullable Long seed,
        @Nullable String reference,
        @Nullable Boolean control,
        @Nullable Duration pause,
        @Nullable GateSpec gate) {
    public ScenarioSpec {
        env = List.copyOf(env);
        targets = List.copyOf(targets);
    }
}
