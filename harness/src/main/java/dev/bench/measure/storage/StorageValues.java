package dev.bench.measure.storage;

import dev.bench.result.Metric;
import dev.bench.result.Quantile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns what was found into the values of a trial. */
final class StorageValues {
    private static final double TAIL = 99;
    private static final double MEBIBYTE = 1 << 20;
    private static final double NANOS = 1e9;
    private static final double MILLI_NANOS = 1e6;

    private StorageValues() {}

    /**
     * Computes the values of the jobs that were done.
     *
     * @param jobs what fio found, by name
     * @param records that and what databases' clients found, as it is stored, with latencies
     */
    static Map<String, Double> of(Map<String, FioJob> jobs, List<StorageRecord.Job> records) {
        Map<String, Double> values = new LinkedHashMap<>();
        jobs.forEach((name, job) -> {
            switch (name) {
                case "sync_write" -> {
                    put(values, StorageMetrics.SYNC_WRITE, job.perSecond());
                    put(values, StorageMetrics.SYNC_WRITE_P99, tail(records, name));
                }
                case "random_read" -> {
                    put(values, StorageMetrics.RANDOM_READ, job.perSecond());
                    put(values, StorageMetrics.RANDOM_READ_P99, tail(records, name));
                }
                case "write" -> put(values, StorageMetrics.WRITE, mebibytesPerSecond(job));
                case "read" -> put(values, StorageMetrics.READ, mebibytesPerSecond(job));
                case "create" -> put(values, StorageMetrics.CREATE, callsPerSecond(job));
                case "stat" -> put(values, StorageMetrics.STAT, callsPerSecond(job));
                case "unlink" -> put(values, StorageMetrics.UNLINK, callsPerSecond(job));
                default -> {
                    // The two halves of the first write make one value.
                }
            }
        });
        requests(values, records, StorageJob.POSTGRES, StorageMetrics.POSTGRES, StorageMetrics.POSTGRES_P99);
        requests(values, records, StorageJob.REDIS, StorageMetrics.REDIS, StorageMetrics.REDIS_P99);
        FioJob open = jobs.get("first_open");
        FioJob write = jobs.get("first_write");
        if (open != null && write != null) {
            double nanos = open.latency().meanNanos()
                    + write.latency().meanNanos()
                    + write.sync().meanNanos();
            put(values, StorageMetrics.FIRST_WRITE, nanos / MILLI_NANOS);
        }
        return values;
    }

    private static void put(Map<String, Double> values, Metric metric, double value) {
        values.put(metric.id(), value);
    }

    private static double tail(List<StorageRecord.Job> records, String name) {
        return records.stream()
                .filter(record -> record.name().equals(name))
                .flatMap(record -> Quantile.at(record.latency(), TAIL).stream())
                .findFirst()
                .orElse(Double.NaN);
    }

    /** Adds the rate and the tail of requests to a database. */
    private static void requests(
            Map<String, Double> values, List<StorageRecord.Job> records, StorageJob job, Metric rate, Metric tail) {
        for (StorageRecord.Job record : records) {
            if (record.name().equals(job.word())) {
                put(values, rate, record.operations() / (record.ms() / 1e3));
                put(values, tail, tail(records, record.name()));
            }
        }
    }

    /** Fio's own rate counts whole milliseconds, in which its own start and end of a pass are. */
    private static double mebibytesPerSecond(FioJob job) {
        return job.bytes() / MEBIBYTE / (job.millis() / 1e3);
    }

    /** Calls are counted by the time spent in them: beside them fio does work of its own for every file. */
    private static double callsPerSecond(FioJob job) {
        return NANOS / job.latency().meanNanos();
    }
}
