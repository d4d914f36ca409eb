package dev.bench.result;

import java.util.List;
import java.util.Optional;

/**
 * Holds one point of a latency distribution.
 *
 * @param percentile 0 to 100
 * @param ms latency in milliseconds
 */
public record Quantile(double percentile, double ms) {
    /** Returns the latency at a percentile, in milliseconds; empty where the points of a distribution have it not. */
    public static Optional<Double> at(List<Quantile> points, double percentile) {
        return points.stream()
                .filter(point -> point.percentile() == percentile)
                .map(Quantile::ms)
                .findFirst();
    }
}
