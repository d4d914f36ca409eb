package dev.bench.measure.startup;

import dev.bench.result.Metric;
import dev.bench.result.Phase;
import dev.bench.result.PhaseName;
import dev.bench.session.LaunchOperation;
import dev.bench.session.Operation;
import dev.bench.target.LaunchException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Launches once; the moments are the figures. */
final class StartupOperation implements Operation {
    private static final Map<PhaseName, Metric> MOMENTS =
            Map.of(PhaseName.READY, StartupMetrics.READY, PhaseName.EXEC, StartupMetrics.EXEC);

    private final LaunchOperation launch;

    StartupOperation(LaunchOperation launch) {
        this.launch = launch;
    }

    @Override
    public String label() {
        return launch.label();
    }

    @Override
    public Path log() {
        return launch.log();
    }

    @Override
    public void start() throws LaunchException {
        launch.start();
    }

    @Override
    public void remove() {
        launch.remove();
    }

    @Override
    public void cancel() {
        launch.cancel();
    }

    @Override
    public Map<String, Double> values() {
        Map<String, Double> values = new LinkedHashMap<>();
        MOMENTS.forEach(
                (phase, metric) -> launch.since(phase).ifPresent(nanos -> values.put(metric.id(), nanos / 1e6)));
        launch.teardownMs().ifPresent(millis -> values.put(StartupMetrics.TEARDOWN.id(), millis));
        return values;
    }

    @Override
    public List<Phase> phases() {
        return launch.phases();
    }
}
