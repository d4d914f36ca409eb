package dev.bench.measure.memory;

import dev.bench.host.SystemFiles;
import dev.bench.image.CompressedSize;
import dev.bench.probe.ReadinessProbe;
import dev.bench.result.FailureKind;
import dev.bench.result.ResultStore;
import dev.bench.session.HttpLoad;
import dev.bench.session.Operation;
import dev.bench.session.Procedure;
import dev.bench.session.SessionOrder;
import dev.bench.session.Trial;
import dev.bench.target.LaunchException;
import dev.bench.target.Target;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Makes ramps: instances of one target side by side, more at every step, with the memory read at each. */
public final class MemoryProcedure implements Procedure {
    private final SessionOrder order;
    private final MemorySettings settings;
    private final ReadinessProbe probe;
    private final ResultStore store;
    private final SystemFiles files = SystemFiles.ofHost();
    private final Map<String, Long> imageBytes = new HashMap<>();

    /** Creates the procedure of a session, whose readings go where its launches go. */
    public MemoryProcedure(SessionOrder order, MemorySettings settings) {
        this.order = order;
        this.settings = settings;
        this.probe = new ReadinessProbe(order.plan().workload().readiness());
        this.store = new ResultStore(order.resultDirectory());
    }

    @Override
    public Operation operation(Trial trial) {
        boolean warmup = order.plan().schedule().discards(trial.block());
        return new MemoryOperation(
                trial,
                warmup,
                settings,
                probe,
                load(),
                files,
                this::imageWeight,
                reading -> store.append(MemoryReading.FILE, reading),
                fill -> store.append(FillRecord.FILE, fill));
    }

    @Override
    public Optional<HttpLoad> load() {
        return HttpLoad.of(order.plan().workload().readiness(), settings.requests());
    }

    /** Weighs what all instances of a target share; once for each, because it does not change. */
    private MemoryOperation.ImageWeight imageWeight(Target target) throws LaunchException {
        try {
            String name = target.definition().name();
            Long shared = imageBytes.get(name);
            if (shared == null) {
                shared = target.imageBytes();
                imageBytes.put(name, shared);
            }
            return new MemoryOperation.ImageWeight(shared, CompressedSize.of(order.imageOf(name)));
        } catch (IOException e) {
            throw new LaunchException(FailureKind.ENGINE, "cannot weigh the image: " + e.getMessage(), e);
        }
    }
}
