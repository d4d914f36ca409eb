package dev.bench.measure.storage;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.bench.result.DetailFile;
import dev.bench.result.Quantile;
import java.util.List;

/**
 * Records one trial of storage: a line of {@code storage.jsonl}.
 *
 * @param session number of the measuring JVM, from 1
 * @param block number of the block within the session
 * @param target name of the target, or of its A/A copy
 * @param warmup whether the trial belongs to a discarded block
 * @param place what data was kept in, as half a sentence
 * @param jobs what was done, in its order
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record StorageRecord(int session, int block, String target, boolean warmup, String place, List<Job> jobs) {
    /** Where trials are stored. */
    public static final DetailFile<StorageRecord> FILE =
            new DetailFile<>("storage.jsonl", StorageRecord.class, "a trial of storage");

    public StorageRecord {
        jobs = List.copyOf(jobs);
    }

    /**
     * Is what one operation of a job came to, as the program that did it counted it.
     *
     * @param name job and, where it has several, operation, such as {@code sync_write}
     * @param operations how many there were
     * @param bytes how much was moved; 0 for operations on whole files and requests to a database
     * @param ms how long they took together
     * @param latency of one operation, from the lowest percentile to the highest
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Job(String name, long operations, long bytes, double ms, List<Quantile> latency) {
        public Job {
            latency = List.copyOf(latency);
        }
    }
}
