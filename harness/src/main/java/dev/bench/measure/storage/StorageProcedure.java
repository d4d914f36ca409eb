package dev.bench.measure.storage;

import dev.bench.load.LatencyLog;
import dev.bench.result.ResultStore;
import dev.bench.session.Operation;
import dev.bench.session.Procedure;
import dev.bench.session.SessionOrder;
import dev.bench.session.Trial;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes trials of storage: every job once, in a place made for it. */
final class StorageProcedure implements Procedure {
    private static final String HISTOGRAMS = "latency.hlog";

    private final SessionOrder order;
    private final StorageSettings settings;
    private final ResultStore store;
    private final LatencyLog latencies;
    private final FioScript.@Nullable LargeFile large;

    StorageProcedure(SessionOrder order, StorageSettings settings) {
        this.order = order;
        this.settings = settings;
        this.store = new ResultStore(order.resultDirectory());
        this.latencies = new LatencyLog(store, HISTOGRAMS);
        this.large =
                settings.asksFor(StorageJob.FIRST_WRITE) ? largest(order.image().tree()) : null;
    }

    @Override
    public Operation operation(Trial trial) {
        boolean warmup = trial.block() < order.plan().schedule().warmupBlocks();
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

    /** Finds the largest file of a tree; the first by name where there are several. */
    static FioScript.LargeFile largest(Path tree) {
        try (Stream<Path> files = Files.walk(tree)) {
            Path largest = files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .filter(file -> tree.relativize(file).toString().matches("[A-Za-z0-9._/+:-]+"))
                    .max(Comparator.comparingLong(StorageProcedure::bytes).thenComparing(Comparator.reverseOrder()))
                    .orElseThrow(() -> new IOException("the image has no file"));
            return new FioScript.LargeFile("/" + tree.relativize(largest), bytes(largest));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long bytes(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
