package dev.bench.measure.storage;

import dev.bench.image.TreeManifest;
import dev.bench.load.LatencyLog;
import dev.bench.result.ResultStore;
import dev.bench.session.Operation;
import dev.bench.session.Procedure;
import dev.bench.session.SessionOrder;
import dev.bench.session.Trial;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Makes trials of storage: every job once, in a place made for it. */
final class StorageProcedure implements Procedure {
    private static final String HISTOGRAMS = "latency.hlog";

    private final SessionOrder order;
    private final StorageSettings settings;
    private final ResultStore store;
    private final LatencyLog latencies;
    private final TreeManifest.@Nullable SizedFile large;

    StorageProcedure(SessionOrder order, StorageSettings settings) {
        this.order = order;
        this.settings = settings;
        this.store = new ResultStore(order.resultDirectory());
        this.latencies = new LatencyLog(store, HISTOGRAMS);
        this.large =
                settings.asksFor(StorageJob.FIRST_WRITE) ? largest(order.image().manifest()) : null;
    }

    @Override
    public Operation operation(Trial trial) {
        boolean warmup = order.plan().schedule().discards(trial.block());
        boolean first = trial.session() == 1
                && trial.block() == 0
                && trial.label().equals(trial.target().definition().name());
        return new StorageOperation(
                trial,
                settings,
                large,
                latencies,
                record -> store.append(StorageRecord.FILE, record),
                first ? record -> store.append(PersistenceRecord.FILE, record) : null,
                warmup);
    }

    /** Finds the largest file of a tree by its manifest, of those that a shell's and fio's words can name. */
    static TreeManifest.SizedFile largest(Path manifest) {
        try {
            return TreeManifest.largest(manifest, file -> file.path().matches("[A-Za-z0-9._/+:-]+"))
                    .orElseThrow(() -> new IOException("the image has no file"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
