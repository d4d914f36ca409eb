package dev.bench.measure.isolation;

import dev.bench.grammar.Key;
import dev.bench.grammar.YamlMap;
import dev.bench.measure.HostView;
import dev.bench.measure.Measure;
import dev.bench.measure.PlanLine;
import dev.bench.measure.ScenarioView;
import dev.bench.plan.MeasureSettings;
import dev.bench.result.Count;
import dev.bench.result.DetailFile;
import dev.bench.result.Metric;
import dev.bench.session.Procedure;
import dev.bench.session.SessionOrder;
import dev.bench.target.TypicalStart;
import java.util.List;
import java.util.Optional;

/** Measures what instances reach of the host's kernel, and what they are allowed. */
public final class Isolation implements Measure {
    /**
     * A trial launches with system calls traced, with tracepoints traced, with functions traced where the host allows it, and
     * with a program in the workload's place.
     */
    private static final int LAUNCHES = 4;

    /** How much longer a launch and a request take that are traced. */
    private static final double SLOWNESS = 1.5;

    /** Turning a thousand tracepoints on and off. */
    private static final double TRACING_SECONDS = 1.5;

    @Override
    public String id() {
        return IsolationKeys.ISOLATION.name();
    }

    @Override
    public List<Metric> metrics() {
        return IsolationMetrics.ALL;
    }

    @Override
    public List<Metric> gated() {
        return IsolationMetrics.ALL.stream()
                .filter(metric -> !IsolationMetrics.NONE_AT_TIMES.contains(metric))
                .toList();
    }

    @Override
    public Optional<Key<YamlMap>> key() {
        return Optional.of(IsolationKeys.ISOLATION);
    }

    @Override
    public Class<IsolationSettings> settingsType() {
        return IsolationSettings.class;
    }

    @Override
    public IsolationSettings read(YamlMap settings, ScenarioView scenario) {
        return IsolationKeys.read(settings, scenario);
    }

    @Override
    public boolean traces() {
        return true;
    }

    @Override
    public List<PlanLine> describe(MeasureSettings settings, HostView host) {
        IsolationSettings asked = (IsolationSettings) settings;
        return List.of(new PlanLine(
                "traced",
                "start, idle for " + asked.idle().toMillis() + " ms"
                        + (asked.requests() > 0 ? ", " + Count.of(asked.requests(), "request") : "")
                        + "; no time is measured"));
    }

    @Override
    public double trialSeconds(MeasureSettings settings, TypicalStart start, int processors) {
        IsolationSettings asked = (IsolationSettings) settings;
        double idle = asked.idle().toMillis() / 1e3;
        return LAUNCHES * SLOWNESS * (start.startSeconds() + start.removalSeconds())
                + 2 * (2 * idle + SLOWNESS * asked.requests() * start.requestSeconds())
                + TRACING_SECONDS;
    }

    @Override
    public Procedure procedure(SessionOrder order) {
        return new IsolationProcedure(order, (IsolationSettings) order.plan().settings());
    }

    @Override
    public List<DetailFile<?>> details() {
        return List.of(IsolationRecord.FILE);
    }
}
