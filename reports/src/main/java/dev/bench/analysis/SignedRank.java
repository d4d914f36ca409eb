package dev.bench.analysis;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Computes the Hodges-Lehmann estimate of paired differences, its interval and the p-value of Wilcoxon's signed-rank
 * test (Hollander and Wolfe, Nonparametric Statistical Methods, 3.1 to 3.3).
 *
 * <p>The null distribution is exact up to {@link #EXACT} pairs, by convolution, and normal with continuity correction
 * above. Zero differences are kept as half a rank each way, so that an A/A comparison is not made to look clearer than
 * it is.
 */
public final class SignedRank {
    private static final int EXACT = 200;
    private static final double Z_975 = 1.959963984540054;

    /** Null distributions by number of pairs, at most {@link #EXACT} of them; a simulation asks for the same ones. */
    private static final Map<Integer, double[]> CUMULATIVE = new ConcurrentHashMap<>();

    private final double[] sorted;

    /** Takes the differences; at least one. */
    public SignedRank(double[] differences) {
        if (differences.length == 0) {
            throw new IllegalArgumentException("no differences");
        }
        this.sorted = differences.clone();
        Arrays.sort(this.sorted);
    }

    /** Returns the median of all pairwise means (Walsh averages). */
    public double estimate() {
        long count = walshCount();
        return count % 2 == 1 ? walsh(count / 2 + 1) : (walsh(count / 2) + walsh(count / 2 + 1)) / 2;
    }

    /** Returns the interval with at least 95 % confidence: the range of the Walsh averages that the test keeps. */
    public OrderStatistics.Interval interval() {
        long rank = criticalRank();
        return new OrderStatistics.Interval(walsh(rank), walsh(walshCount() + 1 - rank));
    }

    /** Returns the two-sided p-value of no difference. */
    public double pValue() {
        int n = sorted.length;
        double positive = positiveRankSum();
        double smaller = Math.min(positive, n * (n + 1) / 2.0 - positive);
        if (n > EXACT) {
            double mean = n * (n + 1) / 4.0;
            double deviation = Math.sqrt(n * (n + 1) * (2.0 * n + 1) / 24);
            double z = Math.min(0, (smaller - mean + 0.5) / deviation);
            return Math.min(1, 2 * NormalDistribution.of(0, 1).cumulativeProbability(z));
        }
        double[] cumulative = cumulativeOf(n);
        return Math.min(1, 2 * cumulative[(int) Math.floor(smaller)]);
    }

    /** Returns the smallest p-value that so many pairs can give: that of pairs which all point the same way. */
    static double leastPValue(int pairs) {
        return Math.min(1, Math.pow(2, 1 - pairs));
    }

    private long walshCount() {
        return (long) sorted.length * (sorted.length + 1) / 2;
    }

    /** Returns which Walsh average, from the smallest, is the lower end of the interval. */
    private long criticalRank() {
        int n = sorted.length;
        if (n > EXACT) {
            double mean = n * (n + 1) / 4.0;
            double deviation = Math.sqrt(n * (n + 1) * (2.0 * n + 1) / 24);
            return Math.max(1, (long) Math.floor(mean - Z_975 * deviation));
        }
        double[] cumulative = cumulativeOf(n);
        int kept = 0;
        while (cumulative[kept] <= 0.025) {
            kept++;
        }
        return Math.max(1, kept);
    }

    /** Returns P(T+ <= t) for every t; shared, not to be written to. */
    private static double[] cumulativeOf(int n) {
        return CUMULATIVE.computeIfAbsent(n, SignedRank::cumulativeNull);
    }

    /** Returns P(T+ <= t) for every t: each of n ranks counts or not, with equal chance. */
    static double[] cumulativeNull(int n) {
        double[] probability = new double[n * (n + 1) / 2 + 1];
        probability[0] = 1;
        int largest = 0;
        for (int rank = 1; rank <= n; rank++) {
            largest += rank;
            for (int sum = largest; sum >= 0; sum--) {
                double with = sum >= rank ? probability[sum - rank] : 0;
                probability[sum] = (probability[sum] + with) / 2;
            }
        }
        for (int sum = 1; sum < probability.length; sum++) {
            probability[sum] += probability[sum - 1];
        }
        return probability;
    }

    private double positiveRankSum() {
        double[] byDistance = Arrays.stream(sorted)
                .boxed()
                .sorted((a, b) -> Double.compare(Math.abs(a), Math.abs(b)))
                .mapToDouble(Double::doubleValue)
                .toArray();
        double sum = 0;
        for (int from = 0; from < byDistance.length; ) {
            int to = from;
            while (to < byDistance.length && Math.abs(byDistance[to]) == Math.abs(byDistance[from])) {
                to++;
            }
            double rank = (from + 1 + to) / 2.0;
            for (int i = from; i < to; i++) {
                sum += byDistance[i] > 0 ? rank : byDistance[i] == 0 ? rank / 2 : 0;
            }
            from = to;
        }
        return sum;
    }

    /**
     * Returns the k-th smallest Walsh average. They are not listed: how many lie at or below a value is counted in one
     * pass over the sorted differences, and the value is closed in on by halving.
     */
    private double walsh(long k) {
        double low = sorted[0];
        double high = sorted[sorted.length - 1];
        while (true) {
            double middle = low + (high - low) / 2;
            if (middle <= low || middle >= high) {
                return countAtMost(low) >= k ? low : high;
            }
            if (countAtMost(middle) >= k) {
                high = middle;
            } else {
                low = middle;
            }
        }
    }

    private long countAtMost(double value) {
        long count = 0;
        int partner = sorted.length - 1;
        for (int i = 0; i < sorted.length; i++) {
            while (partner >= i && (sorted[i] + sorted[partner]) / 2 > value) {
                partner--;
            }
            if (partner < i) {
                break;
            }
            count += partner - i + 1;
        }
        return count;
    }
}
