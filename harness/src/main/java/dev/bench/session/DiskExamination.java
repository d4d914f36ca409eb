package dev.bench.session;

import dev.bench.program.WriteTrial;
import dev.bench.result.WritableLayer;
import dev.bench.target.Instance;
import dev.bench.target.LaunchException;
import dev.bench.target.RemovalException;
import dev.bench.target.Target;
import java.time.Duration;
import java.util.Optional;

/** Launches once more, after everything that is timed, and looks at what an instance writes over its image. */
final class DiskExamination {
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Target target;
    private final WritableLayer.FirstWrite firstWrite;

    /** Takes what a write took in an instance that was removed before, and left the trace. */
    DiskExamination(Target target, WritableLayer.FirstWrite firstWrite) {
        this.target = target;
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
            boolean ended = instance.stop(GRACE) != null;
            return Optional.of(new WritableLayer(
                    instance.layerForm(),
                    ready.get(),
                    ended ? instance.written().orElse(null) : null,
                    firstWrite,
                    found));
        } catch (LaunchException e) {
            return Optional.empty();
        } finally {
            remove(operation);
        }
    }

    private static void remove(LaunchOperation operation) {
        try {
            operation.remove();
        } catch (RemovalException e) {
            // Nothing is measured any more, and the run's end removes what is left.
        }
    }
}
