package dev.bench.measure.build;

import dev.bench.result.Metric;
import java.util.List;

/**
 * Holds the metrics of builds. Those of a change are families: the metric itself is that of the first change that a
 * scenario names, and every further change has a member of its own, by its name.
 */
public final class BuildMetrics {
    /** Rebuild after a change. */
    public static final Metric CHANGE = Metric.lower(
            "build.change_ms",
            "ms",
            "Rebuild after a change",
            "request of the build to the image, one change made before");

    /** A change to an instance that is ready. */
    public static final Metric TO_READY = Metric.lower(
            "build.to_ready_ms",
            "ms",
            "Change to ready",
            "request of the rebuild to the first correct response of an instance of the new image");

    /** Build with empty caches. */
    public static final Metric COLD = Metric.lower(
            "build.cold_ms",
            "ms",
            "Cold build",
            "request of the build to the image, caches empty but for the base image");

    /** Build of what has just been built. */
    public static final Metric UNCHANGED = Metric.lower(
            "build.unchanged_ms", "ms", "Unchanged build", "request of the build to the image, nothing changed");

    /** What a change adds to the image before. */
    public static final Metric NEW = Metric.lower(
            "build.new_mib",
            "MiB",
            "New bytes of a change",
            "layers, or clusters of a disk, that the image before did not have");

    /** Layers that the image before had too. */
    public static final Metric REUSED = Metric.higher(
            "build.layers_reused", "layers", "Layers reused", "layers above the base that the image before had too");

    /** All of them, the headline first. */
    static final List<Metric> ALL = List.of(CHANGE, TO_READY, COLD, UNCHANGED, NEW, REUSED);

    /** Those that every change yields. */
    static final List<Metric> OF_CHANGES = List.of(CHANGE, TO_READY, NEW, REUSED);

    private BuildMetrics() {}
}
