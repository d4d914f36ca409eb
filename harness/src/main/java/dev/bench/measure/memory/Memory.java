package dev.bench.measure.memory;

import dev.bench.grammar.Key;
import dev.bench.grammar.YamlMap;
import dev.bench.measure.HostView;
import dev.bench.measure.Measure;
import dev.bench.measure.PlanLine;
import dev.bench.measure.ScenarioView;
import dev.bench.plan.MeasureSettings;
import dev.bench.plan.Plan;
import dev.bench.result.Count;
import dev.bench.result.DetailFile;
import dev.bench.result.Metric;
import dev.bench.session.Procedure;
import dev.bench.session.SessionOrder;
import dev.bench.target.TypicalStart;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Measures several instances at once, step by step, and what the host loses to each. */
public final class Memory implements Measure {
    /** One reading: waiting for rest, and looking at every process. */
    private static final double READING_SECONDS = 1.6;

    /** What the reading before the first launch waits longer than others. */
    private static final double BASE_SECONDS = 3;

    @Override
    public String id() {
        return MemoryKeys.MEMORY.name();
    }

    @Override
    public List<Metric> metrics() {
        return List.of(
                MemoryMetrics.MARGINAL,
                MemoryMetrics.LOADED,
                MemoryMetrics.PSS,
                MemoryMetrics.CGROUP,
                MemoryMetrics.FITS,
                MemoryMetrics.LAYER,
                MemoryMetrics.IMAGE,
                MemoryMetrics.COMPRESSED);
    }

    @Override
    public Optional<Key<YamlMap>> key() {
        return Optional.of(MemoryKeys.MEMORY);
    }

    @Override
    public Class<MemorySettings> settingsType() {
        return MemorySettings.class;
    }

    @Override
    public MemorySettings read(YamlMap settings, ScenarioView scenario) {
        return MemoryKeys.read(settings, scenario);
    }

    /** A machine can take all its memory; a container's limit is only a limit, so that the floor holds those back. */
    @Override
    public Optional<String> unfit(Plan plan, HostView host) {
        MemorySettings settings = (MemorySettings) plan.settings();
        long each = plan.limits().memoryBytes();
        long floor = settings.floorOn(host.memoryBytes());
        long wanted = host.machines() ? settings.most() * each : 0;
        if (wanted + floor <= host.memoryBytes()) {
            return Optional.empty();
        }
        String machines = settings.most() + " virtual machines of " + mebibytes(each) + " can take " + mebibytes(wanted)
                + "; with the floor of " + mebibytes(floor) + " that is more than the ";
        return Optional.of((host.machines() ? machines : "the floor of " + mebibytes(floor) + " is more than the ")
                + mebibytes(host.memoryBytes())
                + " this host has. Give fewer memory.instances, less limits.memory or a lower memory.floor");
    }

    private static String mebibytes(long bytes) {
        return (bytes >> 20) + " MiB";
    }

    @Override
    public List<PlanLine> describe(MeasureSettings settings, HostView host) {
        MemorySettings memory = (MemorySettings) settings;
        List<PlanLine> lines = new ArrayList<>();
        lines.add(new PlanLine(
                "instances",
                memory.instances()
                        + (memory.requests() > 0 ? ", then " + Count.of(memory.requests(), "request") + " to each" : "")
                        + ", not below " + mebibytes(memory.floorOn(host.memoryBytes()))
                        + " of available memory"));
        if (memory.fill()) {
            Duration slo = memory.slo();
            lines.add(new PlanLine(
                    "fill",
                    "then until the floor, a failure"
                            + (slo == null ? "" : ", an answer that takes longer than " + slo.toMillis() + " ms")
                            + ", or " + MemoryKeys.MOST_INSTANCES + " instances"));
        }
        return lines;
    }

    @Override
    public double trialSeconds(MeasureSettings settings, TypicalStart start, int processors) {
        MemorySettings memory = (MemorySettings) settings;
        int readings = memory.instances().size() + (memory.requests() > 0 ? 2 : 1);
        double requests = memory.most() * memory.requests() * start.requestSeconds();
        double launches = memory.most() * (start.startSeconds() + start.removalSeconds()) / 2;
        double recovery = start.recoverySeconds() * memory.most();
        double filled =
                memory.fill() ? MemoryKeys.MOST_INSTANCES * (start.startSeconds() + start.removalSeconds()) / 2 : 0;
        return filled + BASE_SECONDS + recovery + readings * READING_SECONDS + launches + requests;
    }

    @Override
    public Procedure procedure(SessionOrder order) {
        return new MemoryProcedure(order, (MemorySettings) order.plan().settings());
    }

    @Override
    public List<DetailFile<?>> details() {
        return List.of(MemoryReading.FILE, FillRecord.FILE);
    }
}
