package dev.bench.measure.storage;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Names what is done in a place, in the order in which it is done. */
public enum StorageJob {
    /** Random writes of 4 KiB, each followed by fsync. */
    SYNC_WRITE(Program.FIO),
    /** Random reads of 4 KiB. */
    RANDOM_READ(Program.FIO),
    /** One pass of writes of 1 MiB, with fsync at its end. */
    WRITE(Program.FIO),
    /** One pass of reads of 1 MiB. */
    READ(Program.FIO),
    /** Small files, created, looked at and removed. */
    FILES(Program.FIO),
    /** The first write to the largest file of the image. */
    FIRST_WRITE(Program.FIO),
    /** Transactions of pgbench, each committed to a PostgreSQL of its own. */
    POSTGRES(Program.POSTGRES),
    /** SETs of redis-benchmark, each in the append-only file of a Redis of its own before it is answered. */
    REDIS(Program.REDIS);

    private final Program program;

    StorageJob(Program program) {
        this.program = program;
    }

    /** Returns what does it. */
    Program program() {
        return program;
    }

    /** Returns it as scenarios write it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns whether it reads what a cache may hold. */
    boolean reads() {
        return this == RANDOM_READ || this == READ;
    }

    /** Returns those that are done where a scenario names none. */
    static List<StorageJob> usual() {
        return Arrays.stream(values()).filter(job -> job.program == Program.FIO).toList();
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
