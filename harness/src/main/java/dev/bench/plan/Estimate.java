package dev.bench.plan;

import dev.bench.result.TargetKind;
import dev.bench.target.TargetDefinition;
import dev.bench.target.TargetDriver;
import dev.bench.workload.Limits;
import dev.bench.workload.Measurement;
import java.time.Duration;
import java.util.List;

/**
 * Estimates beforehand how long a run takes, from what starts and removals take on a small host whose virtual machines
 * are emulated. Good to a factor of two: a workload's own start is not known.
 */
public final class Estimate {
    /** Opening the targets and proving their identity, which boots every machine once or twice. */
    private static final double SESSION_SECONDS = 20;

    /** One reading of memory: waiting for rest, and looking at every process. */
    private static final double READING_SECONDS = 1.6;

    /** What the reading of memory before the first launch waits longer than others. */
    private static final double BASE_SECONDS = 3;

    /** What the next ramp waits until the memory of one machine has come back. */
    private static final double RECOVERY_SECONDS = 9;

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
            block += (twice ? 2 : 1) * (trial(kind(target)) + plan.pause().toMillis() / 1e3);
        }
        double session = SESSION_SECONDS + (plan.warmupBlocks() + plan.blocks()) * block;
        return Duration.ofSeconds(Math.round(plan.sessions() * session));
    }

    private TargetKind kind(TargetDefinition target) {
        return drivers.stream()
                .filter(driver -> driver.engine().equals(target.engine()))
                .findFirst()
                .map(TargetDriver::kind)
                .orElseThrow(() -> new IllegalArgumentException("no driver for engine " + target.engine()));
    }

    private double trial(TargetKind kind) {
        Measurement measurement = plan.measurement();
        if (measurement instanceof Measurement.ScaleOut scaleOut) {
            return scaleOut(scaleOut, kind);
        }
        if (measurement instanceof Measurement.Memory memory) {
            return memory(memory, kind);
        }
        return start(kind, plan.limits()) + removal(kind);
    }

    private double memory(Measurement.Memory memory, TargetKind kind) {
        int readings = memory.instances().size() + (memory.requests() > 0 ? 2 : 1);
        double requests = memory.most() * memory.requests() * (kind.hasOwnKernel() ? 4e-3 : 5e-4);
        double launches = memory.most() * (start(kind, plan.limits()) + removal(kind)) / 2;
        double recovery = kind.hasOwnKernel() ? RECOVERY_SECONDS * memory.most() : 0;
        return BASE_SECONDS + recovery + readings * READING_SECONDS + launches + requests;
    }

    private double scaleOut(Measurement.ScaleOut measurement, TargetKind kind) {
        Measurement.Starts starts = measurement.starts();
        double one = start(kind, plan.limits());
        int together = Math.min(starts.instances(), processors);
        double all = starts.ratePerSecond() > 0
                ? Math.max(starts.instances() / starts.ratePerSecond(), starts.instances() * one / together)
                : starts.instances() * one / Math.min(together, starts.concurrency());
        double seconds = all + one + removal(kind);
        Measurement.Throughput throughput = measurement.throughput();
        if (throughput == null) {
            return seconds + removal(kind);
        }
        int loads = 1 + throughput.ratesEach().size() + throughput.shares().size();
        double load = throughput.duration().toMillis() / 1e3 * (1 + WARMUP_SHARE) + BETWEEN_LOADS_SECONDS;
        return seconds + throughput.instances().size() * (loads * load + removal(kind));
    }

    private static double start(TargetKind kind, Limits limits) {
        double seconds = switch (kind) {
            case PROCESS -> 0.05;
            case CONTAINER -> 0.4;
            case VM -> 3.5;
        };
        return seconds / Math.min(1, limits.cpus());
    }

    private static double removal(TargetKind kind) {
        return switch (kind) {
            case PROCESS -> 0.1;
            case CONTAINER -> 0.4;
            case VM -> 2;
        };
    }
}
