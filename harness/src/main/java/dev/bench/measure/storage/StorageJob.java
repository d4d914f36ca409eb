package dev.bench.measure.storage;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Names what is done in a place, in the order in which it is done. */
public enum StorageJob {
    /** Random writes of 4 KiB, each followed by fsync. */
    SYNC_WRITE,
    /** Random reads of 4 KiB. */
    RANDOM_READ,
    /** One pass of writes of 1 MiB, with fsync at its end. */
    WRITE,
    /** One pass of reads of 1 MiB. */
    READ,
    /** Small files, created, looked at and removed. */
    FILES,
    /** The first write to the largest file of the image. */
    FIRST_WRITE;

    /** Returns it as scenarios write it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns whether it reads what a cache may hold. */
    boolean reads() {
        return this == RANDOM_READ || this == READ;
    }

    /** Returns all words. */
    static List<String> words() {
        return Arrays.stream(values()).map(StorageJob::word).toList();
    }

    /** Finds a job by its word; empty where there is none. */
    static Optional<StorageJob> find(String word) {
        return Arrays.stream(values()).filter(job -> job.word().equals(word)).findFirst();
    }
}
