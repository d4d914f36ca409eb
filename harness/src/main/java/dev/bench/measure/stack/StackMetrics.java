package dev.bench.measure.stack;

import dev.bench.result.Metric;
import java.util.List;

/** Holds the metrics of applications. */
public final class StackMetrics {
    /** The application as a whole answers. */
    public static final Metric ANSWER = Metric.lower(
            "stack.answer_ms",
            "ms",
            "Application answers",
            "request of the first service to the first correct response of the service in front");

    /** Every service is there. */
    public static final Metric READY = Metric.lower(
            "stack.ready_ms",
            "ms",
            "All services ready",
            "request of the first service to the moment at which all are started, those with a health check healthy, and"
                    + " those that others wait for ended");

    /** The application is gone. */
    public static final Metric DOWN = Metric.lower(
            "stack.down_ms",
            "ms",
            "Application taken down",
            "request to stop the first service to the removal of the last; volumes are removed after it");

    /** One service is replaced. */
    public static final Metric CHANGE = Metric.lower(
            "stack.change_ms",
            "ms",
            "One service changed",
            "request to stop a service to the moment at which it is ready from another image, and the service in front has"
                    + " answered correctly since");

    /** What all of it takes. */
    public static final Metric MEMORY = Metric.lower(
            "stack.memory_mib",
            "MiB",
            "Memory of the application",
            "PSS of every process that exists because of a service, once the service in front has answered");

    /** What the service in front answers. */
    public static final Metric REQUESTS = Metric.higher(
            "stack.requests_per_s",
            "1/s",
            "Requests per second",
            "right answers of the service in front per second, closed loop; none where the client was the bottleneck");

    /** How long its answers take. */
    public static final Metric LATENCY = Metric.lower(
            "stack.latency_ms",
            "ms",
            "Request latency",
            "99th percentile, intended start to answer, of the service in front at the rate that was asked for");

    /** All of them, the headline first. */
    static final List<Metric> ALL = List.of(ANSWER, READY, DOWN, CHANGE, MEMORY, REQUESTS, LATENCY);

    private StackMetrics() {}
}
