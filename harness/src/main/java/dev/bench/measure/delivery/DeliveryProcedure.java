package dev.bench.measure.delivery;

import dev.bench.probe.ReadinessProbe;
import dev.bench.registry.Registry;
import dev.bench.result.FailureKind;
import dev.bench.result.ResultStore;
import dev.bench.session.Operation;
import dev.bench.session.Procedure;
import dev.bench.session.SessionOrder;
import dev.bench.session.Trial;
import dev.bench.target.DeliveryRequest;
import dev.bench.target.ImageDelivery;
import dev.bench.target.LaunchException;
import dev.bench.target.Target;
import dev.bench.target.TargetException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Makes trials of deliveries, all of a session by way of one registry. */
final class DeliveryProcedure implements Procedure {
    /** Where the file that differs from release to release is, in an image that has nothing there. */
    private static final String RELEASE_FILE = "bench-release";

    private final SessionOrder order;
    private final DeliverySettings settings;
    private final ReadinessProbe probe;
    private final ResultStore store;
    private final Map<String, ImageDelivery> deliveries = new HashMap<>();
    private @Nullable Registry registry;
    private @Nullable IOException unavailable;

    DeliveryProcedure(SessionOrder order, DeliverySettings settings) {
        this.order = order;
        this.settings = settings;
        this.probe = new ReadinessProbe(order.plan().workload().readiness());
        this.store = new ResultStore(order.resultDirectory());
    }

    /**
     * Is what one target's deliveries go by.
     *
     * @param registry shared by all targets
     */
    record Route(Registry registry, ImageDelivery delivery) {}

    /** Opens the route of a target. */
    @FunctionalInterface
    interface Opening {
        Route open() throws LaunchException;
    }

    @Override
    public Operation operation(Trial trial) {
        return new DeliveryOperation(
                trial,
                order.plan().schedule().discards(trial.block()),
                settings,
                probe,
                () -> route(trial.target()),
                record -> store.append(DeliveryRecord.FILE, record));
    }

    private Route route(Target target) throws LaunchException {
        try {
            Registry opened = registry();
            String name = target.definition().name();
            ImageDelivery delivery = deliveries.get(name);
            if (delivery == null) {
                delivery = delivery(target, opened);
                deliveries.put(name, delivery);
            }
            return new Route(opened, delivery);
        } catch (TargetException | IOException e) {
            throw new LaunchException(FailureKind.ENGINE, String.valueOf(e.getMessage()), e);
        }
    }

    /** Starts it once: what it fails by is the same for every target. */
    private Registry registry() throws IOException {
        Registry opened = registry;
        if (unavailable != null) {
            throw unavailable;
        }
        if (opened == null) {
            try {
                opened = Registry.start(order.lab(), settings.link(), settings.registry());
            } catch (IOException e) {
                unavailable = e;
                throw e;
            }
            registry = opened;
        }
        return opened;
    }

    private ImageDelivery delivery(Target target, Registry opened) throws TargetException, IOException {
        String plain = target.definition().plainName();
        String name = "delivery-" + order.session() + "-" + plain;
        Path files = order.lab().workDirectory().resolve("releases-" + order.session());
        DeliveryRequest request = new DeliveryRequest(
                opened.address(),
                opened.repository(plain.replace('.', '-')),
                release(files, ImageDelivery.Release.FIRST),
                release(files, ImageDelivery.Release.CHANGED),
                name);
        return target.delivery(request)
                .orElseThrow(() -> new IllegalStateException(
                        "target " + target.definition().name() + " delivers no images"));
    }

    /** Returns the directory of a release's own file, the same for every target of a session. */
    private Path release(Path files, ImageDelivery.Release release) throws IOException {
        Path directory = Files.createDirectories(files.resolve(release.tag()));
        Path file = directory.resolve(RELEASE_FILE);
        if (!Files.exists(file)) {
            SplittableRandom random = new SplittableRandom(
                    order.plan().schedule().seed() * 31 + order.session() * 2L + release.ordinal());
            byte[] bytes = new byte[1 << 16];
            try (OutputStream output = new BufferedOutputStream(Files.newOutputStream(file))) {
                for (long left = settings.changeBytes(); left > 0; left -= bytes.length) {
                    random.nextBytes(bytes);
                    output.write(bytes, 0, (int) Math.min(left, bytes.length));
                }
            }
        }
        return directory;
    }

    @Override
    public void close() {
        if (registry != null) {
            registry.close();
        }
    }
}
