package dev.bench.plan;

import dev.bench.result.TargetKind;
import dev.bench.target.TargetDefinition;
import dev.bench.workload.Measurement;
import java.time.Duration;
import java.util.function.Function;

/**
 * Guesses how long a plan will take, from what launches took where this was written: on two processors, machines
 * emulated. It is meant to tell minutes from hours.
 */
public final class Estimate {
    /** Engines, image from the cache, proof of identity, report. */
    private static final double OVERHEAD_SECONDS = 40;

    /** One reading: waiting for rest, and looking at every process. */
    private static final double READING_SECONDS = 1.6;

    /** What the reading before the first launch waits longer than others. */
    private static final double BASE_SECONDS = 3;

    /** What the next ramp waits until the memory of one machine has come back. */
    private static final double RECOVERY_SECONDS = 9;

    private Estimate() {}

    /**
     * Returns the estimate.
     *
     * @param kinds the substrate of a target
     */
    public static Duration of(Plan plan, Function<TargetDefinition, TargetKind> kinds) {
        double block = 0;
        for (TargetDefinition target : plan.targets()) {
            int times = plan.control() && target.name().equals(plan.reference()) ? 2 : 1;
            block += times * trialSeconds(plan, kinds.apply(target));
        }
        double blocks = plan.sessions() * (plan.warmupBlocks() + plan.blocks());
        return Duration.ofSeconds(Math.round(OVERHEAD_SECONDS + blocks * block));
    }

    private static double trialSeconds(Plan plan, TargetKind kind) {
        double pause = plan.pause().toMillis() / 1e3;
        if (!(plan.measurement() instanceof Measurement.Memory memory)) {
            return pause + launchSeconds(kind);
        }
        int readings = memory.instances().size() + (memory.requests() > 0 ? 2 : 1);
        double requests = memory.most() * memory.requests() * (kind.hasOwnKernel() ? 4e-3 : 5e-4);
        double recovery = kind.hasOwnKernel() ? RECOVERY_SECONDS * memory.most() : 0;
        return pause
                + BASE_SECONDS
                + recovery
                + readings * READING_SECONDS
                + memory.most() * launchSeconds(kind) / 2
                + requests;
    }

    /** A launch and a removal. */
    private static double launchSeconds(TargetKind kind) {
        return switch (kind) {
            case PROCESS -> 0.1;
            case CONTAINER -> 0.5;
            case VM -> 5.5;
        };
    }
}
