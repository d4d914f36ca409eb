package dev.bench.measure.scaleout;

import dev.bench.measure.scaleout.ScaleOutTrial.Density;
import dev.bench.measure.scaleout.ScaleOutTrial.LoadPoint;
import dev.bench.result.Count;
import dev.bench.result.Quantile;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds how many instances fulfil a bound of the 99th percentile, each at the same rate, and why not more.
 *
 * <p>A number counts only where every smaller one that was tried fulfils the bound too. Latencies begin at the intended
 * start, so that a client that was late makes them longer, never shorter: a bound that is kept is kept, and one that is not
 * says nothing of the instances where the client was the bottleneck. Requests that were not answered at all count with the
 * time they had waited, so that servers that do not keep up break the bound.
 */
final class DensityRule {
    /** A failed request has no latency; beyond this share the percentile would be one of the others only. */
    private static final double FAILED_SHARE = 0.01;

    private static final double PERCENTILE = 99;

    private final String load;
    private final double sloMillis;

    DensityRule(String load, double sloMillis) {
        this.load = load;
        this.sloMillis = sloMillis;
    }

    Density judge(List<LoadPoint> points) {
        List<LoadPoint> upwards = points.stream()
                .filter(point -> point.load().equals(load))
                .sorted(Comparator.comparingInt(LoadPoint::instances))
                .toList();
        int instances = 0;
        for (LoadPoint point : upwards) {
            String cause = cause(point);
            if (cause != null) {
                return new Density(load, sloMillis, instances, cause);
            }
            instances = point.instances();
        }
        return new Density(load, sloMillis, instances, "more than " + instances + " were not tried");
    }

    private @Nullable String cause(LoadPoint point) {
        String at = " at " + Count.of(point.instances(), "instance");
        if (point.skipped() != null) {
            return point.skipped();
        }
        if (point.failed() > FAILED_SHARE * (point.answered() + point.failed())) {
            return "requests failed" + at + " (" + point.failed() + ")";
        }
        double tail = tail(point.response()).orElse(Double.POSITIVE_INFINITY);
        if (tail <= sloMillis) {
            return null;
        }
        return point.clientBound()
                ? "the client was the bottleneck" + at
                : String.format(Locale.ROOT, "p99 above the bound%s (%.1f ms)", at, tail);
    }

    static Optional<Double> tail(List<Quantile> quantiles) {
        return Quantile.at(quantiles, PERCENTILE);
    }
}
