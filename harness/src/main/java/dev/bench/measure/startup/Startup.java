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
import dev.bench.target.TypicalStart;
import java.util.List;
import java.util.Optional;

/** Measures one launch after another, each from the request to readiness. */
public final class Startup implements Measure {
    @Override
    public String id() {
        return "startup";
    }

    @Override
    public List<Metric> metrics() {
        return List.of(StartupMetrics.READY, StartupMetrics.EXEC, StartupMetrics.TEARDOWN);
    }

    /** Leaves out the removal, which no one waits for. */
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

    @Override
    public Procedure procedure(SessionOrder order) {
        ReadinessProbe probe = new ReadinessProbe(order.plan().workload().readiness());
        return trial -> new StartupOperation(trial.launch(probe));
    }
}
