package dev.bench.plan;

import dev.bench.target.Drivers;
import dev.bench.target.TargetDefinition;
import dev.bench.target.TargetDriver;
import dev.bench.target.TypicalStart;
import dev.bench.workload.Measurement;
import java.time.Duration;
import java.util.List;

/**
 * Estimates beforehand how long a run takes, from what starts and removals typically take. Good to a factor of two: a
 * workload's own start is not known.
 */
public final class Estimate {
    /** Opening the targets and proving their identity, which boots every machine once or twice. */
    private static final double SESSION_SECONDS = 20;

    /** One reading of memory: waiting for rest, and looking at every process. */
    private static final double READING_SECONDS = 1.6;

    /** What the reading of memory before the first launch waits longer than others. */
    private static final double BASE_SECONDS = 3;

    private static final double BETWEEN_LOADS_SECONDS = 0.1;
    private static final double WARMUP_SHARE = 0.2;

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
            block += (twice ? 2 : 1)
                    * (trial(Drivers.of(drivers, target).typicalStart(target))
                            + plan.pause().toMillis() / 1e3);
        }
        double session = SESSION_SECONDS + (plan.warmupBlocks() + plan.blocks()) * block;
        return Duration.ofSeconds(Math.round(plan.sessions() * session));
    }

    private double trial(TypicalStart typical) {
        Measurement measurement = plan.measurement();
        if (measurement instanceof Measurement.ScaleOut scaleOut) {
            return scaleOut(scaleOut, typical);
        }
        if (measurement instanceof Measurement.Memory memory) {
            return memory(memory, typical);
        }
        return start(typical) + typical.removalSeconds();
    }

    private double memory(Measurement.Memory memory, TypicalStart typical) {
        int readings = memory.instances().size() + (memory.requests() > 0 ? 2 : 1);
        double requests = memory.most() * memory.requests() * typical.requestSeconds();
        double launches = memory.most() * (start(typical) + typical.removalSeconds()) / 2;
        double recovery = typical.recoverySeconds() * memory.most();
        return BASE_SECONDS + recovery + readings * READING_SECONDS + launches + requests;
    }

    private double scaleOut(Measurement.ScaleOut measurement, TypicalStart typical) {
        Measurement.Starts starts = measurement.starts();
        double one = start(typical);
        int together = Math.min(starts.instances(), processors);
        double all = starts.ratePerSecond() > 0
                ? Math.max(starts.instances() / starts.ratePerSecond(), starts.instances() * one / together)
                : starts.instances() * one / Math.min(together, starts.concurrency());
        double seconds = all + one + typical.removalSeconds();
        Measurement.Throughput throughput = measurement.throughput();
        if (throughput == null) {
            return seconds + typical.removalSeconds();
        }
        int loads = 1 + throughput.ratesEach().size() + throughput.shares().size();
        double load = throughput.duration().toMillis() / 1e3 * (1 + WARMUP_SHARE) + BETWEEN_LOADS_SECONDS;
        return seconds + throughput.instances().size() * (loads * load + typical.removalSeconds());
    }

    private double start(TypicalStart typical) {
        return typical.startSeconds() / Math.min(1, plan.limits().cpus());
    }
}
