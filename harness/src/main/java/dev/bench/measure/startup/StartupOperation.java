package dev.bench.measure.startup;

import dev.bench.probe.SecondAnswer;
import dev.bench.result.Metric;
import dev.bench.result.Phase;
import dev.bench.result.PhaseName;
import dev.bench.session.LaunchOperation;
import dev.bench.session.Operation;
import dev.bench.target.LaunchException;
import dev.bench.target.StartMode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Launches once, from the image or from what was kept of an instance before; the moments are the figures. */
final class StartupOperation implements Operation {
    private static final Map<PhaseName, Metric> MOMENTS =
            Map.of(PhaseName.READY, StartupMetrics.READY, PhaseName.EXEC, StartupMetrics.EXEC);

    private static final double MEBIBYTE = 1 << 20;

    private final LaunchOperation launch;
    private final StartMode mode;
    private final boolean silent;
    private OptionalLong stateBytes = OptionalLong.empty();
    private Optional<SecondAnswer> second = Optional.empty();

    /**
     * Prepares a launch; nothing happens yet.
     *
     * @param silent whether a kept instance is asked in vain before it is started
     */
    StartupOperation(LaunchOperation launch, StartMode mode, boolean silent) {
        this.launch = launch;
        this.mode = mode;
        this.silent = silent;
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
    public void prepare() throws LaunchException {
        if (mode != StartMode.COLD) {
            launch.keep(silent);
            stateBytes = launch.keptBytes();
        }
    }

    @Override
    public void start() throws LaunchException {
        launch.start();
        // Ready is marked, and nothing looks for it any more.
        second = launch.askAgain();
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
        second.ifPresent(answer -> {
            values.put(StartupMetrics.SECOND.id(), answer.secondNanos() / 1e6);
            answer.keptNanos().ifPresent(nanos -> values.put(StartupMetrics.KEPT.id(), nanos / 1e6));
        });
        launch.teardownMs().ifPresent(millis -> values.put(StartupMetrics.TEARDOWN.id(), millis));
        stateBytes.ifPresent(bytes -> values.put(StartupMetrics.STATE.id(), bytes / MEBIBYTE));
        launch.keepMs().ifPresent(millis -> values.put(StartupMetrics.SAVE.id(), millis));
        return values;
    }

    @Override
    public List<Phase> phases() {
        return launch.phases();
    }
}
