package dev.bench.measure.delivery;

import dev.bench.probe.ReadinessProbe;
import dev.bench.registry.Registry;
import dev.bench.result.FailureKind;
import dev.bench.result.Phase;
import dev.bench.session.Operation;
import dev.bench.session.Trial;
import dev.bench.session.TrialWork;
import dev.bench.target.ImageDelivery;
import dev.bench.target.LaunchException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Is one trial: with nothing in the registry and nothing on the side that pulls, a release is delivered and an instance of it
 * launched, then the next release, then that one once more. Whatever prepares or undoes lies outside the times.
 */
final class DeliveryOperation implements Operation {
    private static final double MEBIBYTE = 1 << 20;

    private final Trial trial;
    private final boolean warmup;
    private final DeliverySettings settings;
    private final TrialWork work;
    private final DeliveryProcedure.Opening opening;
    private final Consumer<DeliveryRecord> sink;
    private final Map<String, Double> values = new LinkedHashMap<>();

    DeliveryOperation(
            Trial trial,
            boolean warmup,
            DeliverySettings settings,
            ReadinessProbe probe,
            DeliveryProcedure.Opening opening,
            Consumer<DeliveryRecord> sink) {
        this.trial = trial;
        this.warmup = warmup;
        this.settings = settings;
        this.work = new TrialWork(trial, probe, "delivery");
        this.opening = opening;
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
        work.begin();
        try {
            DeliveryProcedure.Route route = opening.open();
            route.registry().empty();
            route.delivery().reset();
            for (DeliveryCase each : DeliveryCase.values()) {
                deliver(route, each);
            }
        } catch (IOException e) {
            throw new LaunchException(
                    FailureKind.ENGINE,
                    "cannot prepare or weigh a delivery: " + e.getMessage() + ". Check the space on the cache's disk",
                    e);
        } finally {
            work.end();
        }
    }

    private void deliver(DeliveryProcedure.Route route, DeliveryCase each) throws LaunchException, IOException {
        Registry registry = route.registry();
        ImageDelivery delivery = route.delivery();
        ImageDelivery.Release release =
                each == DeliveryCase.FIRST ? ImageDelivery.Release.FIRST : ImageDelivery.Release.CHANGED;
        double heldMib = delivery.heldBytes() / MEBIBYTE;
        long before = registry.passedBytes();
        long pushBegin = System.nanoTime();
        delivery.push(release);
        double pushMs = since(pushBegin);
        long pushed = registry.passedBytes();
        long pullBegin = System.nanoTime();
        delivery.pull(release);
        double pullMs = since(pullBegin);
        double readyMs = work.readyMs(delivery.target(), pullBegin);
        long pulled = registry.passedBytes();
        work.remove();
        double pulledMib = (pulled - pushed) / MEBIBYTE;
        values.put(each.of(DeliveryMetrics.TO_READY).id(), readyMs);
        values.put(each.of(DeliveryMetrics.PULL).id(), pullMs);
        values.put(each.of(DeliveryMetrics.MOVED).id(), pulledMib);
        values.put(each.of(DeliveryMetrics.PUSH).id(), pushMs);
        sink.accept(new DeliveryRecord(
                trial.session(),
                trial.block(),
                label(),
                warmup,
                each.label(),
                settings.describeLink(),
                pushMs,
                (pushed - before) / MEBIBYTE,
                heldMib,
                pullMs,
                pulledMib,
                readyMs,
                delivery.heldBytes() / MEBIBYTE));
    }

    private static double since(long begin) {
        return (System.nanoTime() - begin) / 1e6;
    }

    @Override
    public void cancel() {
        work.cancel();
    }

    @Override
    public void remove() {
        work.remove();
    }

    @Override
    public Map<String, Double> values() {
        return values;
    }

    /** Returns none: a delivery is not a launch, and its parts stand in its record. */
    @Override
    public List<Phase> phases() {
        return List.of();
    }
}
