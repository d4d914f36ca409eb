package dev.bench.measure.stack;

import dev.bench.probe.ReadinessProbe;
import dev.bench.result.Phase;
import dev.bench.session.Interruptible;
import dev.bench.session.Operation;
import dev.bench.session.Trial;
import dev.bench.target.LaunchException;
import dev.bench.target.ServiceHost;
import dev.bench.target.StackRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Is one trial: with empty volumes all services are brought up, memory is read, the one in front is asked and one of them is
 * changed where that is asked for, and all are taken down.
 */
final class StackOperation implements Operation {
    private final Trial trial;
    private final boolean warmup;
    private final StackSettings settings;
    private final StackRequest request;
    private final ReadinessProbe probe;
    private final Duration limit;
    private final @Nullable FrontLoads loads;
    private final Consumer<StackRecord> sink;
    private final Map<String, Double> values = new LinkedHashMap<>();
    private final Interruptible interruptible = new Interruptible("while the application was measured");
    private @Nullable ServiceHost host;
    private @Nullable StackRun run;

    StackOperation(
            Trial trial,
            boolean warmup,
            StackSettings settings,
            StackRequest request,
            ReadinessProbe probe,
            Duration limit,
            @Nullable FrontLoads loads,
            Consumer<StackRecord> sink) {
        this.trial = trial;
        this.warmup = warmup;
        this.settings = settings;
        this.request = request;
        this.probe = probe;
        this.limit = limit;
        this.loads = loads;
        this.sink = sink;
    }

    @Override
    public String label() {
        return trial.label();
    }

    @Override
    public Path log() {
        return trial.log();
    }

    @Override
    public void start() throws LaunchException {
        interruptible.begin();
        try {
            ServiceHost opened = trial.target()
                    .stack(request)
                    .orElseThrow(() -> new IllegalStateException(label() + " runs no services"));
            host = opened;
            StackRun started = new StackRun(trial, request, probe, limit, settings.early(), opened);
            run = started;
            measure(started);
        } catch (InterruptedException e) {
            throw interruptible.interrupted();
        } catch (LaunchException e) {
            interruptible.end();
            if (run != null) {
                run.collectLogs();
            }
            throw e;
        } finally {
            interruptible.end();
        }
    }

    private void measure(StackRun started) throws LaunchException, InterruptedException {
        StackRun.Up up = started.up();
        values.put(StackMetrics.ANSWER.id(), up.answerMs());
        values.put(StackMetrics.READY.id(), up.readyMs());
        values.put(StackMetrics.MEMORY.id(), started.memoryMib());
        List<StackRecord.FrontLoad> asked = loads == null ? List.of() : loads.apply(started.frontAddress(), label());
        values.putAll(FrontLoads.figures(asked));
        if (settings.change() != null) {
            values.put(StackMetrics.CHANGE.id(), started.changeMs(settings.change()));
        }
        values.put(StackMetrics.DOWN.id(), started.downMs());
        sink.accept(new StackRecord(
                trial.session(),
                trial.block(),
                label(),
                warmup,
                up.readyMs(),
                up.answerMs(),
                up.services(),
                up.path(),
                asked,
                request.stack().notes()));
    }

    @Override
    public void cancel() {
        interruptible.cancel();
    }

    @Override
    public void remove() {
        if (run != null) {
            run.removeLogs();
            run = null;
        }
        if (host != null) {
            ServiceHost opened = host;
            host = null;
            opened.close();
        }
    }

    @Override
    public Map<String, Double> values() {
        return values;
    }

    /** Returns none: an application is not a single launch, and its parts stand in its record. */
    @Override
    public List<Phase> phases() {
        return List.of();
    }
}
