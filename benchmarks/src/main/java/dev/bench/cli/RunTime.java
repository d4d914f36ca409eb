package dev.bench.cli;

import dev.bench.plan.Plan;
import dev.bench.result.Count;
import dev.bench.scenario.Estimate;
import dev.bench.target.Drivers;
import java.time.Duration;

/** Says how long runs will take, as far as that can be known. */
final class RunTime {
    private static final int SECONDS_UP_TO = 90;

    private RunTime() {}

    static Duration of(Plan plan) {
        return Estimate.of(plan, Drivers.all(), Runtime.getRuntime().availableProcessors());
    }

    static String words(Duration estimate) {
        long seconds = estimate.toSeconds();
        return seconds < SECONDS_UP_TO
                ? "about " + Count.of(seconds, "second")
                : "about " + Count.of(Math.round(seconds / 60.0), "minute");
    }
}
