package dev.bench.session;

import dev.bench.program.WriteTrial;
import dev.bench.result.WritableLayer;
import dev.bench.target.Instance;
import dev.bench.target.LaunchException;
import dev.bench.target.RemovalException;
import dev.bench.target.Target;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Launches once more, after everything that is timed, and looks at what an instance writes over its image. */
final class DiskExamination {
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Target target;
    private final WritableLayer.FirstWrite firstWrite;

    private final Optional<HttpLoad> load;
    private final BooleanSupplier stop;

    /**
     * Takes what a write took in an instance that was removed before, and left the trace.
     *
     * @param load what the instance is asked for once it is ready; empty for nothing
     * @param stop whether no more is to be asked for
     */
    DiskExamination(Target target, WritableLayer.FirstWrite firstWrite, Optional<HttpLoad> load, BooleanSupplier stop) {
        this.target = target;
        this.load = load;
        this.stop = stop;
        this.firstWrite = firstWrite;
    }

    /** Looks; empty where the launch fails or its layer cannot be seen: that is told where launches are measured. */
    Optional<WritableLayer> look(LaunchOperation operation) {
        try {
            target.reserve(1);
            operation.start();
            Instance instance = operation.instance().orElseThrow();
            Optional<WritableLayer.Content> ready = instance.written();
            if (ready.isEmpty()) {
                return Optional.empty();
            }
            Boolean found = instance.holds(WriteTrial.TRACE).orElse(null);
            WritableLayer.Content loaded = load.isPresent() ? loaded(load.get(), operation) : null;
            boolean ended = instance.stop(GRACE) != null;
            return Optional.of(new WritableLayer(
                    instance.layerForm(),
                    ready.get(),
                    load.map(HttpLoad::describe).orElse(""),
                    loaded,
                    ended ? instance.written().orElse(null) : null,
                    firstWrite,
                    found));
        } catch (LaunchException e) {
            return Optional.empty();
        } finally {
            remove(operation);
        }
    }

    private WritableLayer.@Nullable Content loaded(HttpLoad requests, LaunchOperation operation)
            throws LaunchException {
        try {
            requests.send(operation.address(), stop);
        } catch (LaunchException e) {
            // That it does not answer is told where it is measured.
            return null;
        }
        return operation.instance().orElseThrow().written().orElse(null);
    }

    private static void remove(LaunchOperation operation) {
        try {
            operation.remove();
        } catch (RemovalException e) {
            // Nothing is measured any more, and the run's end removes what is left.
        }
    }
}
