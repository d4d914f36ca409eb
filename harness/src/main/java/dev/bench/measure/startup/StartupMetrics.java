package dev.bench.measure.startup;

import dev.bench.result.Metric;

/** Holds the metrics of single launches. */
public final class StartupMetrics {
    /** Request to the first correct response. */
    public static final Metric READY =
            Metric.lower("startup.ready_ms", "ms", "Startup to ready", "request to the first correct response");

    /** Request to the workload's own program. */
    public static final Metric EXEC =
            Metric.lower("startup.exec_ms", "ms", "Startup to exec", "request to the workload's own program");

    /** What the second caller waits for. */
    public static final Metric SECOND = Metric.lower(
            "startup.second_ms",
            "ms",
            "Second request",
            "the request after the first correct response, its connection included, to its correct response");

    /** What a request on a connection that is there waits for. */
    public static final Metric KEPT = Metric.lower(
            "startup.kept_ms",
            "ms",
            "Request on a kept connection",
            "the request after that, on the same connection, to its correct response; none where the server closes it");

    /** Removal of the instance. */
    public static final Metric TEARDOWN =
            Metric.lower("teardown_ms", "ms", "Teardown", "removal of the instance, outside the timed region");

    /** What an instance that does not run is kept in. */
    public static final Metric STATE = Metric.lower(
            "startup.state_mib", "MiB", "State kept", "what is kept of an instance to start from: memory, or disk");

    /** The making of that state. */
    public static final Metric SAVE = Metric.lower(
            "startup.save_ms",
            "ms",
            "State made",
            "pausing or saving an instance that is ready, outside the timed region");

    private StartupMetrics() {}
}
