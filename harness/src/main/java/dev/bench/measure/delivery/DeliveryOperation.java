package dev.bench.measure.delivery;

import dev.bench.probe.ReadinessProbe;
import dev.bench.registry.Registry;
import dev.bench.result.FailureKind;
import dev.bench.result.Phase;
import dev.bench.result.PhaseName;
import dev.bench.session.LaunchOperation;
import dev.bench.session.Operation;
import dev.bench.session.Trial;
import dev.bench.target.ImageDelivery;
import dev.bench.target.LaunchException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Is one trial: with nothing in the registry and nothing on the side that pulls, a release is delivered and an instance of it
 * launched, then the next release, then that one once more. Whatever prepares or undoes lies outside the times.
 */
final class DeliveryOperation implements Operation {
    private static final double MEBIBYTE = 1 << 20;

    private final Trial trial;
    private final boolean warmup;
    private final DeliverySettings settings;
    private final ReadinessProbe probe;
    private final DeliveryProcedure.Opening opening;
    private final Consumer<DeliveryRecord> sink;
    private final Map<String, Double> values = new LinkedHashMap<>();
    private @Nullable LaunchOperation launch;
    private @Nullable Thread runner;
    private boolean cancelled;

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
        this.probe = probe;
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
        beginInterruptible();
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
            endInterruptible();
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
        double readyMs = ready(delivery, pullBegin);
        long pulled = registry.passedBytes();
        remove();
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

    private double ready(ImageDelivery delivery, long begin) throws LaunchException {
        LaunchOperation instance = new LaunchOperation(
                label(),
                delivery.target(),
                probe,
                trial.names().get(),
                trial.addresses().next(),
                log());
        launching(instance);
        instance.start();
        return (instance.moments().at(PhaseName.READY).orElseThrow() - begin) / 1e6;
    }

    private synchronized void beginInterruptible() throws LaunchException {
        if (cancelled) {
            throw interrupted();
        }
        runner = Thread.currentThread();
    }

    /** The interrupt has done its work: what removes in the same thread after it must be able to wait. */
    private synchronized void endInterruptible() {
        if (cancelled) {
            Thread.interrupted();
        }
        runner = null;
    }

    private synchronized void launching(LaunchOperation instance) throws LaunchException {
        if (cancelled) {
            throw interrupted();
        }
        launch = instance;
    }

    private static LaunchException interrupted() {
        return new LaunchException(FailureKind.INTERRUPTED, "the run was interrupted before this delivery", null);
    }

    @Override
    public synchronized void cancel() {
        cancelled = true;
        if (launch != null) {
            launch.cancel();
        } else if (runner != null) {
            runner.interrupt();
        }
    }

    @Override
    public void remove() {
        LaunchOperation launched;
        synchronized (this) {
            launched = launch;
            launch = null;
        }
        if (launched != null) {
            launched.remove();
        }
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
