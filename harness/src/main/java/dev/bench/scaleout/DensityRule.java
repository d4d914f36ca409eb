package dev.bench.scaleout;

import dev.bench.result.Quantile;
import dev.bench.result.ScaleOutTrial.Density;
import dev.bench.result.ScaleOutTrial.LoadPoint;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds how many instances fulfil a bound of the 99th percentile, each at the same rate, and why not more.
 *
 * <p>A number counts only where every smaller one that was tried fulfils the bound too. A point that the client bounds
 * ends the search, because it says nothing of the instances.
 */
final class DensityRule {
    /** Below this share of the offered rate the servers do not keep up, whatever the latency of what they answer. */
    static final double KEEPS_UP = 0.99;

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
        String at = " at " + point.instances() + (point.instances() == 1 ? " instance" : " instances");
        if (point.skipped() != null) {
            return point.skipped();
        }
        if (point.clientBound()) {
            return "the client was the bottleneck" + at;
        }
        long failed = point.failed() + point.unanswered();
        if (failed > 0) {
            return "requests failed" + at + " (" + failed + ")";
        }
        if (point.answeredPerSecond() < KEEPS_UP * point.offeredPerSecond()) {
            return String.format(
                    Locale.ROOT,
                    "the rate was not kept up with%s (%.0f of %.0f/s)",
                    at,
                    point.answeredPerSecond(),
                    point.offeredPerSecond());
        }
        Optional<Double> tail = tail(point.response());
        return tail.isPresent() && tail.get() <= sloMillis
                ? null
                : String.format(Locale.ROOT, "p99 above the bound%s (%.1f ms)", at, tail.orElse(Double.NaN));
    }

    static Optional<Double> tail(List<Quantile> quantiles) {
        return quantiles.stream()
                .filter(quantile -> quantile.percentile() == PERCENTILE)
                .map(Quantile::ms)
                .findFirst();
    }
}
