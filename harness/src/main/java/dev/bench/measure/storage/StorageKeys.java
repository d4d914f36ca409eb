package dev.bench.measure.storage;

import dev.bench.grammar.Forms;
import dev.bench.grammar.Key;
import dev.bench.grammar.Keys;
import dev.bench.grammar.Quantity;
import dev.bench.grammar.Units;
import dev.bench.grammar.YamlMap;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** Declares and reads the settings of storage. */
final class StorageKeys {
    static final String ID = "storage";

    private static final long LEAST_BYTES = 1L << 20;
    private static final long MOST_BYTES = 64L << 30;
    private static final long USUAL_BYTES = 64L << 20;
    private static final Duration LEAST_RUNTIME = Duration.ofMillis(100);
    private static final Duration MOST_RUNTIME = Duration.ofMinutes(10);
    private static final int MOST_FILES = 1_000_000;
    private static final int USUAL_FILES = 200;
    private static final int MOST_REQUESTS = 10_000_000;
    private static final int USUAL_REQUESTS = 1000;
    private static final String DROP = "drop";
    private static final String KEEP = "keep";

    private static final Key<List<StorageJob>> JOBS = Key.of(
                    "jobs",
                    Forms.list(
                            new Quantity<>(
                                    "one of " + String.join(", ", StorageJob.words()),
                                    String.join("|", StorageJob.words()),
                                    StorageJob::find),
                            "[sync_write, read]"),
                    "What is done in every place, of " + String.join(", ", StorageJob.words())
                            + ": by fio, and by the clients of a PostgreSQL (pgbench) and of a Redis (redis-benchmark, SET)"
                            + " whose every commit and SET is flushed; default all of fio's.")
            .byDefault(List.of());

    private static final Key<Long> SIZE = Key.of(
                    "size",
                    Forms.quantity(Units.SIZE.within(
                            bytes -> bytes >= LEAST_BYTES && bytes <= MOST_BYTES,
                            Units.SIZE_EXAMPLE + ", from 1MiB to 64GiB")),
                    "Size of the file that is written and read.")
            .byDefault(USUAL_BYTES);

    private static final Key<Duration> RUNTIME = Key.of(
                    "runtime",
                    Forms.quantity(Units.DURATION.within(
                            time -> time.compareTo(LEAST_RUNTIME) >= 0 && time.compareTo(MOST_RUNTIME) <= 0,
                            Units.DURATION_EXAMPLE + ", from 100ms to 10m")),
                    "How long random writes, random reads and pgbench last, each; pgbench in whole seconds, rounded up.")
            .byDefault(Duration.ofSeconds(1));

    private static final Key<Integer> FILES = Key.of(
                    "files", Forms.whole(1, MOST_FILES), "How many small files are created, looked at and removed.")
            .byDefault(USUAL_FILES);

    private static final Key<Integer> REQUESTS = Key.of(
                    "requests", Forms.whole(1, MOST_REQUESTS), "How many SETs Redis is sent, one after the other.")
            .byDefault(USUAL_REQUESTS);

    private static final Key<String> PAGE_CACHE = Key.of(
                    "page_cache",
                    Forms.choice(List.of(DROP, KEEP)),
                    "Whether what the page caches of instance and host hold of the file is dropped before it is read.")
            .byDefault(DROP);

    private static final Key<Boolean> FRESH = Key.of(
                    "fresh",
                    Forms.flag(),
                    "Whether each trial keeps its data on an ext4 made for it: volumes, bound directories and directories"
                            + " of processes on a loop device; a machine's disks, and what is kept in memory, always are"
                            + " new.")
            .byDefault(false);

    static final Key<YamlMap> STORAGE = Key.of(
            ID,
            Forms.mappingOrNothing(Keys.of(JOBS, SIZE, RUNTIME, FILES, REQUESTS, PAGE_CACHE, FRESH)),
            "How storage is measured; with measure: storage.");

    private StorageKeys() {}

    static StorageSettings read(YamlMap map) {
        List<StorageJob> named = JOBS.in(map);
        if (named.isEmpty() && map.has(JOBS.name())) {
            map.reject(JOBS.name(), "names no job; give some of " + String.join(", ", StorageJob.words()));
        }
        List<StorageJob> asked = named.isEmpty() ? StorageJob.usual() : named;
        List<StorageJob> jobs =
                Arrays.stream(StorageJob.values()).filter(asked::contains).toList();
        return new StorageSettings(
                jobs,
                SIZE.in(map),
                RUNTIME.in(map),
                FILES.in(map),
                REQUESTS.in(map),
                PAGE_CACHE.in(map).equals(DROP),
                FRESH.in(map));
    }
}
