package dev.bench.measure.scaleout;

import dev.bench.result.Metric;

/** Holds the metrics of many instances at once. */
public final class ScaleOutMetrics {
    /** Instances that became ready per second. */
    public static final Metric READY = Metric.higher(
            "scaleout.ready_per_s",
            "1/s",
            "Starts per second",
            "instances that became ready, by the time until the last one was ready or had failed");

    /** Time to the first ready instance. */
    public static final Metric FIRST = Metric.lower(
            "scaleout.first_ms", "ms", "First ready", "intended start of the first instance to the first one ready");

    /** Time until half of all are ready. */
    public static final Metric HALF = Metric.lower(
            "scaleout.half_ms", "ms", "Half ready", "intended start of the first instance to half of all ready");

    /** Time until all are ready. */
    public static final Metric ALL = Metric.lower(
            "scaleout.all_ms",
            "ms",
            "All ready",
            "intended start of the first instance to all ready; none where one failed");

    /** Median start among others. */
    public static final Metric START = Metric.lower(
            "scaleout.start_ms", "ms", "Start among others", "intended start to ready, median over the instances");

    /** Start of one more beside all others. */
    public static final Metric ONE_MORE = Metric.lower(
            "scaleout.one_more_ms",
            "ms",
            "One more start",
            "request to ready of one more instance while all others run");

    /** Right answers per second. */
    public static final Metric REQUESTS = Metric.higher(
            "scaleout.requests_per_s",
            "1/s",
            "Requests per second",
            "right answers of the largest number of instances together, closed loop; none where the client was the bottleneck");

    /** 99th percentile of the latency at a rate. */
    public static final Metric LATENCY = Metric.lower(
            "scaleout.latency_ms",
            "ms",
            "Request latency",
            "99th percentile, intended start to answer, of the largest number of instances at the first rate each");

    private ScaleOutMetrics() {}
}
