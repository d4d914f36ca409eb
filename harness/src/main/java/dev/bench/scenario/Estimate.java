package dev.bench.scenario;

import dev.bench.measure.Measures;
import dev.bench.plan.Plan;
import dev.bench.target.Drivers;
import dev.bench.target.TargetDefinition;
import dev.bench.target.TargetDriver;
import dev.bench.target.TypicalStart;
import java.time.Duration;
import java.util.List;

/**
 * Estimates beforehand how long a run takes, from what starts and removals typically take. Good to a factor of two: a
 * workload's own start is not known.
 */
public final class Estimate {
    /** Opening the targets and proving their identity, which boots every machine once or twice. */
    private static final double SESSION_SECONDS = 20;

    private final Plan plan;
    private final List<TargetDriver> drivers;
    private final int processors;

    private Estimate(Plan plan, List<TargetDriver> drivers, int processors) {
        this.plan = plan;
        this.drivers = drivers;
        this.processors = processors;
    }

    /** Returns the estimated duration of all sessions of a plan on a host with so many processors. */
    public static Duration of(Plan plan, List<TargetDriver> drivers, int processors) {
        return new Estimate(plan, List.copyOf(drivers), processors).all();
    }

    private Duration all() {
        double block = 0;
        for (TargetDefinition target : plan.targets()) {
            boolean twice = plan.control() && target.name().equals(plan.reference());
            block += (twice ? 2 : 1) * (trial(target) + plan.schedule().pause().toMillis() / 1e3);
        }
        double session = SESSION_SECONDS + plan.schedule().blocksPerSession() * block;
        return Duration.ofSeconds(Math.round(plan.schedule().sessions() * session));
    }

    private double trial(TargetDefinition target) {
        TypicalStart typical = Drivers.of(drivers, target).typicalStart(target);
        TypicalStart limited = new TypicalStart(
                typical.startSeconds() / Math.min(1, plan.limits().cpus()),
                typical.removalSeconds(),
                typical.requestSeconds(),
                typical.recoverySeconds());
        return Measures.of(plan).trialSeconds(plan.settings(), limited, processors);
    }
}
