package dev.bench.analysis;

import java.util.Arrays;
import java.util.Optional;
import org.apache.commons.statistics.distribution.BinomialDistribution;

/** Computes quantiles and their distribution-free intervals. Every method takes values sorted upwards. */
public final class OrderStatistics {
    /** Fewest samples from which the 95 % interval of a median exists: 1 - 2 * 0.5^6 = 0.969. */
    public static final int LEAST_FOR_INTERVAL = 6;

    private static final double ALPHA = 0.05;

    private OrderStatistics() {}

    /**
     * Holds an interval.
     *
     * @param low lower end
     * @param high upper end
     */
    public record Interval(double low, double high) {}

    /** Returns the median: the mean of the middle two where the count is even. */
    public static double median(double[] sorted) {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** Returns the quantile by linear interpolation between order statistics (Hyndman and Fan 1996, type 7). */
    public static double quantile(double[] sorted, double probability) {
        double position = probability * (sorted.length - 1);
        int below = (int) Math.floor(position);
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }

    /** Returns the median of the distances from the median. */
    public static double medianAbsoluteDeviation(double[] sorted) {
        double median = median(sorted);
        double[] distances = Arrays.stream(sorted)
                .map(value -> Math.abs(value - median))
                .sorted()
                .toArray();
        return median(distances);
    }

    /**
     * Returns the interval of the median with at least 95 % confidence, empty under {@link #LEAST_FOR_INTERVAL} samples.
     *
     * <p>The number of samples under the median is binomial with p = 1/2, whatever the distribution; the ends are the
     * k-th smallest and the k-th largest, k as large as the confidence allows (Conover, Practical Nonparametric
     * Statistics, 3.2).
     */
    public static Optional<Interval> medianInterval(double[] sorted) {
        int n = sorted.length;
        if (n < LEAST_FOR_INTERVAL) {
            return Optional.empty();
        }
        BinomialDistribution below = BinomialDistribution.of(n, 0.5);
        int k = 0;
        while (below.cumulativeProbability(k) <= ALPHA / 2) {
            k++;
        }
        return Optional.of(new Interval(sorted[k - 1], sorted[n - k]));
    }

    /**
     * Returns the upper bound of a quantile with at least 95 % confidence, empty where there are too few samples for one
     * (29 for p90, 59 for p95, 299 for p99: 1 - p^n must reach 0.95).
     */
    public static Optional<Double> quantileUpperBound(double[] sorted, double probability) {
        int n = sorted.length;
        BinomialDistribution below = BinomialDistribution.of(n, probability);
        for (int rank = 1; rank <= n; rank++) {
            if (below.cumulativeProbability(rank - 1) >= 1 - ALPHA) {
                return Optional.of(sorted[rank - 1]);
            }
        }
        return Optional.empty();
    }
}
