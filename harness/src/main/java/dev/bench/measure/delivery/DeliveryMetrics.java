package dev.bench.measure.delivery;

import dev.bench.result.Metric;
import java.util.Arrays;
import java.util.List;

/** Holds the metrics of deliveries. Each is a family: the metric itself is that of the first delivery. */
public final class DeliveryMetrics {
    /** A pull to an instance that is ready. */
    public static final Metric TO_READY = Metric.lower(
            "delivery.to_ready_ms",
            "ms",
            "Pull to ready",
            "request of the pull to the first correct response of an instance of what was pulled");

    /** Fetching a release. */
    public static final Metric PULL = Metric.lower(
            "delivery.pull_ms", "ms", "Pull", "request of the pull to the image as instances are launched from it");

    /** Storing a release. */
    public static final Metric PUSH = Metric.lower(
            "delivery.push_ms", "ms", "Push", "request of the push to the image as the registry gives it away");

    /** What a pull moves. */
    public static final Metric MOVED = Metric.lower(
            "delivery.moved_mib",
            "MiB",
            "Moved by a pull",
            "what passes the link to the registry during the pull, both ways, counted by the kernel with all headers");

    /** Those of the first delivery, the headline first. */
    static final List<Metric> FAMILIES = List.of(TO_READY, PULL, MOVED, PUSH);

    /** All of them, in the order of display. */
    static final List<Metric> ALL = FAMILIES.stream()
            .flatMap(metric -> Arrays.stream(DeliveryCase.values()).map(each -> each.of(metric)))
            .toList();

    private DeliveryMetrics() {}
}
