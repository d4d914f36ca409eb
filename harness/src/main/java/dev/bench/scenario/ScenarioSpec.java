package dev.bench.scenario;

import dev.bench.plan.MeasureSettings;
import dev.bench.result.Claim;
import dev.bench.target.TargetDefinition;
import dev.bench.workload.Limits;
import dev.bench.workload.Workload;
import java.nio.file.Path;
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
 * @param workload what is launched
 * @param limits of every instance
 * @param targets in the file's order
 * @param schedule how often to launch
 * @param reference name of the target to compare with
 * @param control whether the reference runs twice per block
 * @param gate how it judges as a gate; null where it says nothing of that
 * @param claims published figures that it puts to the test
 */
public record ScenarioSpec(
        Path file,
        String text,
        String name,
        String description,
        String measure,
        MeasureSettings settings,
        Workload workload,
        Limits limits,
        List<TargetDefinition> targets,
        ScheduleSpec schedule,
        @Nullable String reference,
        @Nullable Boolean control,
        @Nullable GateSpec gate,
        List<Claim> claims) {
    public ScenarioSpec {
        targets = List.copyOf(targets);
        claims = List.copyOf(claims);
    }
}
