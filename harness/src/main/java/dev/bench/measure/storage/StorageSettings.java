package dev.bench.measure.storage;

import dev.bench.plan.MeasureSettings;
import java.time.Duration;
import java.util.List;

/**
 * Asks for jobs in every place.
 *
 * @param jobs what is done, at least one, in the order in which it is done
 * @param bytes size of the file that is written and read
 * @param runtime how long random writes and random reads last
 * @param files how many small files
 * @param dropped whether what the page caches hold of the file is dropped before it is read
 */
public record StorageSettings(List<StorageJob> jobs, long bytes, Duration runtime, int files, boolean dropped)
        implements MeasureSettings {
    public StorageSettings {
        jobs = List.copyOf(jobs);
    }

    boolean asksFor(StorageJob job) {
        return jobs.contains(job);
    }
}
