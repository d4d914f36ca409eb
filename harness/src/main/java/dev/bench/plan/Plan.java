package dev.bench.plan;

import dev.bench.target.TargetDefinition;
import dev.bench.workload.ImageSource;
import dev.bench.workload.Limits;
import dev.bench.workload.Readiness;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holds everything that a run was asked to do, with every default filled in.
 *
 * @param name the scenario's name
 * @param description one line for the report; may be empty
 * @param measure id of what is measured
 * @param settings what only this measure has to know
 * @param scenarioFile the file as written, absolute
 * @param image where the image comes from
 * @param command the argument vector that replaces the image's, or null to keep it
 * @param env {@code NAME=value} entries added to the image's
 * @param user replaces the image's user, or null to keep it
 * @param workingDirectory replaces the image's working directory, or null to keep it
 * @param stopSignal replaces the image's stop signal, or null to keep it
 * @param readiness what counts as ready
 * @param limits CPU and memory of every instance
 * @param targets in scenario order; at least one; in a gate each is followed by its baseline
 * @param reference name of the target every other is compared with
 * @param control whether the reference runs twice per block, as an A/A row
 * @param blocks measured blocks per session
 * @param warmupBlocks blocks discarded at the start of each session
 * @param sessions measuring JVMs
 * @param seed decides the order within blocks
 * @param pause rest between two launches
 * @param gate what is held against what, or null where the run is no gate
 */
public record Plan(
        String name,
        String description,
        String measure,
        MeasureSettings settings,
        Path scenarioFile,
        ImageSource image,
        @Nullable List<String> command,
        List<String> env,
        @Nullable String user,
        @Nullable String workingDirectory,
        @Nullable String stopSignal,
        Readiness readiness,
        Limits limits,
        List<TargetDefinition> targets,
        String reference,
        boolean control,
        int blocks,
        int warmupBlocks,
        int sessions,
        long seed,
        Duration pause,
        @Nullable Gate gate) {
    /** What the name of the A/A target is made of: the reference's name and this. */
    public static final String CONTROL_SUFFIX = " (A/A)";

    public Plan {
        env = List.copyOf(env);
        targets = List.copyOf(targets);
    }

    /** Returns whether a target, by its name, runs the image of the gate's baseline. */
    public boolean runsBaselineImage(String target) {
        return gate != null && gate.image() != null && gate.baselines().containsValue(target);
    }

    /** Returns the name of the A/A target, or null where the plan has none. */
    public @Nullable String controlName() {
        return control ? reference + CONTROL_SUFFIX : null;
    }
}
