package dev.bench.measure.storage;

import dev.bench.plan.MeasureSettings;
import java.time.Duration;
import java.util.List;

/**
 * Asks for jobs in every place.
 *
 * @param jobs what is done, at least one, in the order in which it is done
 * @param bytes size of the file that is written and read
 * @param runtime how long random writes, random reads and pgbench's transactions last
 * @param files how many small files
 * @param requests how many SETs Redis is sent
 * @param dropped whether what the page caches hold of the file is dropped before it is read
 * @param fresh whether every place is a file system made for its trial
 */
public record StorageSettings(
        List<StorageJob> jobs, long bytes, Duration runtime, int files, int requests, boolean dropped, boolean fresh)
        implements MeasureSettings {
    /** What a fresh cluster with pgbench's tables and its first write-ahead log takes. */
    private static final long POSTGRES_BYTES = 112L << 20;

    /** What a second of transactions adds to it, at most. */
    private static final long POSTGRES_SECOND_BYTES = 16L << 20;

    /** The write-ahead log is cut at one GiB. */
    private static final long POSTGRES_MOST_BYTES = 1536L << 20;

    /** What the append-only file grows by. */
    private static final long REDIS_REQUEST_BYTES = 64;

    public StorageSettings {
        jobs = List.copyOf(jobs);
    }

    /** Returns what does the jobs, in the order of their first. */
    List<Program> programs() {
        return jobs.stream().map(StorageJob::program).distinct().toList();
    }

    /** Returns how much data a place has to hold: the file, and the database that needs most, which is removed after its job. */
    long placeBytes() {
        long database = 0;
        if (asksFor(StorageJob.REDIS)) {
            database = requests * REDIS_REQUEST_BYTES;
        }
        if (asksFor(StorageJob.POSTGRES)) {
            database = Math.max(
                    database,
                    Math.min(POSTGRES_BYTES + runtime.toSeconds() * POSTGRES_SECOND_BYTES, POSTGRES_MOST_BYTES));
        }
        return bytes + database;
    }

    boolean asksFor(StorageJob job) {
        return jobs.contains(job);
    }
}
