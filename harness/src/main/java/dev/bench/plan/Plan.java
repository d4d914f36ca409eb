package dev.bench.plan;

import dev.bench.result.Claim;
import dev.bench.target.TargetDefinition;
import dev.bench.workload.Limits;
import dev.bench.workload.Workload;
import java.nio.file.Path;
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
 * @param workload what is launched
 * @param limits CPU and memory of every instance
 * @param targets in scenario order; at least one; in a gate each is followed by its baseline
 * @param reference name of the target every other is compared with
 * @param control whether the reference runs twice per block, as an A/A row
 * @param schedule how often, and in which order
 * @param gate what is held against what, or null where the run is no gate
 * @param claims published figures that are put to the test
 */
public record Plan(
        String name,
        String description,
        String measure,
        MeasureSettings settings,
        Path scenarioFile,
        Workload workload,
        Limits limits,
        List<TargetDefinition> targets,
        String reference,
        boolean control,
        Schedule schedule,
        @Nullable Gate gate,
        List<Claim> claims) {
    /** What the name of the A/A target is made of: the reference's name and this. */
    public static final String CONTROL_SUFFIX = " (A/A)";

    public Plan {
        targets = List.copyOf(targets);
        claims = List.copyOf(claims);
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
