package dev.bench.cli;

import dev.bench.scenario.Defaults;
import dev.bench.scenario.Planner;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Holds the options that change a scenario's plan. */
final class PlanArguments {
    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    @Option(
            names = "--blocks",
            paramLabel = "N",
            description = "Measured blocks per session; the scenario's otherwise.")
    private @Nullable Integer blocks;

    @Option(
            names = "--warmup-blocks",
            paramLabel = "N",
            description = "Discarded blocks before them; the scenario's otherwise.")
    private @Nullable Integer warmupBlocks;

    @Option(names = "--sessions", paramLabel = "N", description = "Measuring JVMs; the scenario's otherwise.")
    private @Nullable Integer sessions;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of the order within blocks.")
    private @Nullable Long seed;

    @Option(names = "--target", paramLabel = "NAME", description = "Run this target only; may be repeated.")
    private List<String> targets = new ArrayList<>();

    /** Returns what replaces the scenario's own values; a value out of range is a matter of usage. */
    Planner.Overrides overrides() {
        require("--blocks", blocks, 1, Defaults.MOST_BLOCKS);
        require("--warmup-blocks", warmupBlocks, 0, Defaults.MOST_WARMUP_BLOCKS);
        require("--sessions", sessions, 1, Defaults.MOST_SESSIONS);
        return new Planner.Overrides(blocks, warmupBlocks, sessions, seed, targets);
    }

    private void require(String option, @Nullable Integer value, int least, int most) {
        if (value != null && (value < least || value > most)) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(),
                    option + " " + value + " is not accepted; give a whole number from " + least + " to " + most);
        }
    }
}
