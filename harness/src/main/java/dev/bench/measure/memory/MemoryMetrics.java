package dev.bench.measure.memory;

import dev.bench.result.Metric;

/** Holds the metrics of ramps. */
public final class MemoryMetrics {
    /** Available host memory lost per further idle instance. */
    public static final Metric MARGINAL = Metric.lower(
            "memory.marginal_mib", "MiB", "Marginal memory", "available host memory lost per further idle instance");

    /** Available host memory lost per instance that has served requests. */
    public static final Metric LOADED = Metric.lower(
            "memory.loaded_mib",
            "MiB",
            "Marginal memory after load",
            "available host memory lost per instance that has served requests");

    /** PSS of every process of the instance. */
    public static final Metric PSS =
            Metric.lower("memory.pss_mib", "MiB", "Proportional set size", "PSS of every process of the instance");

    /** What the control group is charged per instance, its page cache left out. */
    public static final Metric CGROUP = Metric.lower(
            "memory.cgroup_mib",
            "MiB",
            "Charged memory",
            "what the control group is charged per instance, its page cache left out");

    /** How many run at once. */
    public static final Metric FITS = Metric.higher(
            "memory.fits",
            "instances",
            "Instances that fit",
            "most instances side by side that are up and answer, with the floor of available memory kept");

    /** Files on disk made for one running instance. */
    public static final Metric LAYER =
            Metric.lower("disk.layer_mib", "MiB", "Disk per instance", "files on disk made for one running instance");

    /** Files on disk that all instances share. */
    public static final Metric IMAGE =
            Metric.lower("disk.image_mib", "MiB", "Disk of the image", "files on disk that all instances share");

    /** The shared files compressed with gzip. */
    public static final Metric COMPRESSED = Metric.lower(
            "disk.compressed_mib",
            "MiB",
            "Compressed image",
            "the shared files compressed with gzip, as a registry or a mirror would hold them");

    private MemoryMetrics() {}
}
