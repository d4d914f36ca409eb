package dev.bench.cli;

import dev.bench.scenario.BaselineReader;
import dev.bench.scenario.Planner;
import dev.bench.scenario.ScenarioSpec;
import dev.bench.target.TargetDriver;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Holds the options that make a run a gate. */
final class GateArguments {
    @Option(
            names = "--gate",
            description = "Judge the targets against their baseline, both launched in the same blocks.")
    private boolean gate;

    @Option(
            names = "--baseline",
            paramLabel = "KEY=VALUE",
            description = "With --gate: what the baseline has in place of what the scenario says; may be repeated."
                    + " image=REF (or oci:REF, archive:FILE, dockerfile:DIR, debian:SUITE), or an option of the targets:"
                    + " runtime=NAME, kernel=FILE, machine=TYPE. Replaces the scenario's baseline.")
    private List<String> baseline = new ArrayList<>();

    boolean isGate() {
        return gate;
    }

    /** Makes the plan; throws {@link IllegalArgumentException} where the options do not fit the scenario. */
    Planner.Planned plan(List<TargetDriver> drivers, ScenarioSpec spec, Planner.Overrides overrides) {
        Planner planner = new Planner(drivers);
        if (!gate && !baseline.isEmpty()) {
            throw new IllegalArgumentException("--baseline goes with --gate only");
        }
        Path directory = Path.of("").toAbsolutePath();
        return gate
                ? planner.gate(
                        spec,
                        overrides,
                        new BaselineReader(drivers, directory, spec.workload().image()).parse(baseline))
                : planner.plan(spec, overrides);
    }
}
