package dev.bench.measure.isolation;

import dev.bench.host.SystemFiles;
import dev.bench.image.TreeManifest;
import dev.bench.probe.ReadinessProbe;
import dev.bench.result.ResultStore;
import dev.bench.session.HttpLoad;
import dev.bench.session.Operation;
import dev.bench.session.Procedure;
import dev.bench.session.SessionOrder;
import dev.bench.session.Trial;
import dev.bench.target.LabView;
import dev.bench.trace.TraceFileSystem;
import dev.bench.trace.TraceInstance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes trials of isolation, which share one tracing instance. */
final class IsolationProcedure implements Procedure {
    private final SessionOrder order;
    private final IsolationSettings settings;
    private final ReadinessProbe probe;
    private final ResultStore store;
    private final HostIdentity host = HostIdentity.read(SystemFiles.ofHost());
    private @Nullable TraceInstance trace;
    private @Nullable Optional<String> refused;

    IsolationProcedure(SessionOrder order, IsolationSettings settings) {
        this.order = order;
        this.settings = settings;
        this.probe = new ReadinessProbe(order.plan().workload().readiness());
        this.store = new ResultStore(order.resultDirectory());
    }

    @Override
    public Operation operation(Trial trial) {
        boolean warmup = order.plan().schedule().discards(trial.block());
        return new IsolationOperation(
                trial,
                warmup,
                settings,
                probe,
                load(),
                host,
                setUserId(trial),
                this::instance,
                functionsRefused(),
                record -> store.append(IsolationRecord.FILE, record));
    }

    @Override
    public Optional<HttpLoad> load() {
        return HttpLoad.of(order.plan().workload().readiness(), settings.requests());
    }

    /** Reads them from the manifest that the target's tree was proved by. */
    private List<String> setUserId(Trial trial) {
        try {
            return TreeManifest.setUserId(
                    order.imageOf(trial.target().definition().name()).manifest());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private TraceInstance instance() throws IOException {
        TraceInstance open = trace;
        if (open == null) {
            LabView lab = order.lab();
            open = TraceInstance.open(lab.runDirectory(), lab.runId());
            trace = open;
        }
        return open;
    }

    /** Tries once a session; the host's mind does not change meanwhile. */
    private Optional<String> functionsRefused() {
        Optional<String> known = refused;
        if (known == null) {
            try {
                known = Optional.of(TraceFileSystem.functionTrial())
                        .filter(words -> !words.isEmpty())
                        .map(words -> "refused by the host (" + words + "): " + TraceFileSystem.FUNCTION_REMEDY);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            refused = known;
        }
        return known;
    }

    @Override
    public void close() {
        if (trace != null) {
            trace.close();
        }
    }
}
