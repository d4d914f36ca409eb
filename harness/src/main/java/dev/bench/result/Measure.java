package dev.bench.result;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Lists what a scenario can measure, each with the metrics that a trial of it yields. */
public enum Measure {
    /** One launch after another, each from the request to readiness. */
    STARTUP(List.of(Metric.STARTUP_READY, Metric.STARTUP_EXEC, Metric.TEARDOWN)),
    /** Several instances at once, step by step, and what the host loses to each. */
    MEMORY(List.of(
            Metric.MEMORY_MARGINAL,
            Metric.MEMORY_LOADED,
            Metric.MEMORY_PSS,
            Metric.MEMORY_CGROUP,
            Metric.DISK_LAYER,
            Metric.DISK_IMAGE,
            Metric.DISK_COMPRESSED)),
    /** Many instances at once: their starts, and what they answer together. */
    SCALE_OUT(List.of(
            Metric.SCALEOUT_READY,
            Metric.SCALEOUT_FIRST,
            Metric.SCALEOUT_HALF,
            Metric.SCALEOUT_ALL,
            Metric.SCALEOUT_START,
            Metric.SCALEOUT_ONE_MORE,
            Metric.SCALEOUT_REQUESTS,
            Metric.SCALEOUT_LATENCY));

    private final List<Metric> metrics;

    Measure(List<Metric> metrics) {
        this.metrics = List.copyOf(metrics);
    }

    /** Returns the metrics in display order; the first one is the headline. */
    public List<Metric> metrics() {
        return metrics;
    }

    /** Returns the metrics that a gate judges: all but the removal, which no one waits for. */
    public List<Metric> gated() {
        return metrics.stream().filter(metric -> metric != Metric.TEARDOWN).toList();
    }

    /** Returns the metric that a verdict in one sentence speaks of. */
    public Metric headline() {
        return metrics.get(0);
    }

    /** Returns the name used in scenarios and stored results, such as {@code scale-out}. */
    @JsonValue
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Finds a measure by its name; empty where this version does not know it. */
    public static Optional<Measure> byLabel(String label) {
        return Arrays.stream(values())
                .filter(measure -> measure.label().equals(label))
                .findFirst();
    }
}
