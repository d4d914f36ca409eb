package dev.bench.measure.storage;

import dev.bench.result.Metric;
import java.util.List;

/** Declares the metrics of storage. */
public final class StorageMetrics {
    /** Synchronous writes. */
    public static final Metric SYNC_WRITE = Metric.higher(
            "storage.sync_write_iops",
            "1/s",
            "Synchronous writes",
            "random writes of 4 KiB within a file, one after the other, each followed by fsync");

    /** The tail of fsync. */
    public static final Metric SYNC_WRITE_P99 = Metric.lower(
            "storage.sync_write_p99_ms",
            "ms",
            "Synchronous write, p99",
            "99th percentile of fsync after a random write of 4 KiB, the write itself left out");

    /** Random reads. */
    public static final Metric RANDOM_READ = Metric.higher(
            "storage.random_read_iops",
            "1/s",
            "Random reads",
            "random reads of 4 KiB within a file, one after the other");

    /** The tail of random reads. */
    public static final Metric RANDOM_READ_P99 = Metric.lower(
            "storage.random_read_p99_ms", "ms", "Random read, p99", "99th percentile of a random read of 4 KiB");

    /** Sequential writing. */
    public static final Metric WRITE = Metric.higher(
            "storage.write_mibs",
            "MiB/s",
            "Sequential write",
            "one pass over a file in writes of 1 MiB, with fsync at its end");

    /** Sequential reading. */
    public static final Metric READ =
            Metric.higher("storage.read_mibs", "MiB/s", "Sequential read", "one pass over a file in reads of 1 MiB");

    /** Files created. */
    public static final Metric CREATE =
            Metric.higher("storage.create_per_s", "1/s", "Files created", "empty files per second of open(O_CREAT)");

    /** Files looked at. */
    public static final Metric STAT =
            Metric.higher("storage.stat_per_s", "1/s", "Files looked at", "files per second of stat");

    /** Files removed. */
    public static final Metric UNLINK =
            Metric.higher("storage.unlink_per_s", "1/s", "Files removed", "files of 4 KiB per second of unlink");

    /** The first write to a file of the image. */
    public static final Metric FIRST_WRITE = Metric.lower(
            "storage.first_write_ms",
            "ms",
            "First write to a file of the image",
            "opening the largest file of the image for writing, one write of 4 KiB and fsync; in the root only");

    /** Transactions of PostgreSQL. */
    public static final Metric POSTGRES = Metric.higher(
            "storage.postgres_tps",
            "1/s",
            "PostgreSQL transactions",
            "transactions of pgbench's own mix (like TPC-B), one after the other, each flushed before it is answered");

    /** The tail of transactions. */
    public static final Metric POSTGRES_P99 = Metric.lower(
            "storage.postgres_p99_ms", "ms", "PostgreSQL transaction, p99", "99th percentile of such a transaction");

    /** SETs of Redis. */
    public static final Metric REDIS = Metric.higher(
            "storage.redis_per_s",
            "1/s",
            "Redis SETs",
            "SETs of redis-benchmark, one after the other, each flushed to the append-only file before it is answered");

    /** The tail of SETs. */
    public static final Metric REDIS_P99 =
            Metric.lower("storage.redis_p99_ms", "ms", "Redis SET, p99", "99th percentile of such a SET");

    /** All of them, the headline first. */
    static final List<Metric> ALL = List.of(
            SYNC_WRITE,
            SYNC_WRITE_P99,
            RANDOM_READ,
            RANDOM_READ_P99,
            WRITE,
            READ,
            CREATE,
            STAT,
            UNLINK,
            FIRST_WRITE,
            POSTGRES,
            POSTGRES_P99,
            REDIS,
            REDIS_P99);

    private StorageMetrics() {}
}
