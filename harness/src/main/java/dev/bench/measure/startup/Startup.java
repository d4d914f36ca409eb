package dev.bench.measure.startup;

import dev.bench.grammar.Key;
import dev.bench.grammar.YamlMap;
import dev.bench.measure.Measure;
import dev.bench.measure.ScenarioView;
import dev.bench.plan.MeasureSettings;
import dev.bench.probe.ReadinessProbe;
import dev.bench.result.Metric;
import dev.bench.session.Procedure;
import dev.bench.session.SessionOrder;
import dev.bench.target.Faculty;
import dev.bench.target.StartMode;
import dev.bench.target.TypicalStart;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Measures one launch after another, each from the request to readiness. */
public final class Startup implements Measure {
    @Override
    public String id() {
        return "startup";
    }

    @Override
    public List<Metric> metrics() {
        return List.of(
                StartupMetrics.READY,
                StartupMetrics.EXEC,
                StartupMetrics.SECOND,
                StartupMetrics.KEPT,
                StartupMetrics.TEARDOWN,
                StartupMetrics.STATE,
                StartupMetrics.SAVE);
    }

    /** Leaves out what comes after the start, and the removal and the state, which no one waits for. */
    @Override
    public List<Metric> gated() {
        return List.of(StartupMetrics.READY, StartupMetrics.EXEC);
    }

    @Override
    public Optional<Key<YamlMap>> key() {
        return Optional.empty();
    }

    @Override
    public Class<StartupSettings> settingsType() {
        return StartupSettings.class;
    }

    @Override
    public StartupSettings read(YamlMap settings, ScenarioView scenario) {
        return new StartupSettings();
    }

    @Override
    public double trialSeconds(MeasureSettings settings, TypicalStart start, int processors) {
        return start.startSeconds() + start.removalSeconds();
    }

    /** Takes targets that start from a kept state, and those that cannot. */
    @Override
    public boolean takes(Faculty asked) {
        return asked == Faculty.START;
    }

    @Override
    public Procedure procedure(SessionOrder order) {
        ReadinessProbe probe = new ReadinessProbe(order.plan().workload().readiness());
        Set<String> silent = new HashSet<>();
        return trial -> {
            StartMode mode = StartMode.of(trial.target().definition());
            // What is asked in vain is answered after the start, so that it is asked once, in a block that is
            // discarded.
            boolean first = mode != StartMode.COLD && silent.add(trial.label());
            return new StartupOperation(trial.launch(probe), mode, first);
        };
    }
}
