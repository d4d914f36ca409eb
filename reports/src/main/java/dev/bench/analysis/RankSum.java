package dev.bench.analysis;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Computes the Hodges-Lehmann estimate of the shift between two independent samples, its interval and the p-value of the
 * Mann-Whitney test (Hollander and Wolfe, Nonparametric Statistical Methods, 4.1 to 4.3).
 *
 * <p>The null distribution is exact up to {@link #EXACT} samples on each side, and normal with the variance corrected
 * for ties and with continuity correction above. Ties count half; where the exact distribution is used they are rounded
 * to the side of no difference.
 */
public final class RankSum {
    private static final int EXACT = 50;
    private static final double Z_975 = 1.959963984540054;
    private static final double TAIL = 0.025;

    /** Null distributions by the two counts, at most 2,500 of them; a simulation asks for the same ones. */
    private static final Map<Integer, double[]> CUMULATIVE = new ConcurrentHashMap<>();

    private final double[] base;
    private final double[] head;

    /** Takes the two samples, in any order; at least one value each. */
    public RankSum(double[] base, double[] head) {
        if (base.length == 0 || head.length == 0) {
            throw new IllegalArgumentException("no samples");
        }
        this.base = base.clone();
        this.head = head.clone();
        Arrays.sort(this.base);
        Arrays.sort(this.head);
    }

    /** Returns the median of all differences head - base. */
    public double estimate() {
        long count = differences();
        return count % 2 == 1 ? difference(count / 2 + 1) : (difference(count / 2) + difference(count / 2 + 1)) / 2;
    }

    /**
     * Returns the interval with at least 95 % confidence: the range of the differences that the test keeps; empty where
     * there are too few samples for one.
     */
    public Optional<OrderStatistics.Interval> interval() {
        long rank = criticalRank();
        return rank < 1
                ? Optional.empty()
                : Optional.of(new OrderStatistics.Interval(difference(rank), difference(differences() + 1 - rank)));
    }

    /** Returns the two-sided p-value of no difference. */
    public double pValue() {
        double statistic = less();
        double smaller = Math.min(statistic, differences() - statistic);
        if (isExact()) {
            return Math.min(1, 2 * cumulativeOf(base.length, head.length)[(int) Math.ceil(smaller)]);
        }
        double deviation = Math.sqrt(variance());
        if (deviation == 0) {
            return 1;
        }
        double z = Math.min(0, (smaller - differences() / 2.0 + 0.5) / deviation);
        return Math.min(1, 2 * NormalDistribution.of(0, 1).cumulativeProbability(z));
    }

    /** Returns the chance that a value of head is below one of base, ties counted half. */
    public double probabilityLess() {
        return less() / differences();
    }

    /** Returns the smallest p-value that so many samples can give: that of two samples that do not overlap. */
    public static double leastPValue(int baseCount, int headCount) {
        double arrangements = 1;
        for (int i = 1; i <= Math.min(baseCount, headCount); i++) {
            arrangements *= (baseCount + headCount - i + 1.0) / i;
        }
        return Math.min(1, 2 / arrangements);
    }

    /** Returns P(U <= u) for every u without ties; shared, not to be written to. */
    private static double[] cumulativeOf(int n, int m) {
        return CUMULATIVE.computeIfAbsent(n * (EXACT + 1) + m, key -> cumulativeNull(n, m));
    }

    /** Returns P(U <= u) for every u without ties, by the recursion of Mann and Whitney (1947). */
    static double[] cumulativeNull(int n, int m) {
        // One row per count of the first sample; additions only, so that nothing cancels.
        double[][] row = new double[m + 1][];
        for (int j = 0; j <= m; j++) {
            row[j] = new double[] {1};
        }
        for (int i = 1; i <= n; i++) {
            double[][] next = new double[m + 1][];
            next[0] = new double[] {1};
            for (int j = 1; j <= m; j++) {
                next[j] = new double[i * j + 1];
                for (int u = 0; u <= i * j; u++) {
                    double largestIsFirst = u >= j && u - j < row[j].length ? row[j][u - j] : 0;
                    double largestIsSecond = u < next[j - 1].length ? next[j - 1][u] : 0;
                    next[j][u] = (i * largestIsFirst + j * largestIsSecond) / (i + j);
                }
            }
            row = next;
        }
        double[] probability = row[m];
        for (int u = 1; u < probability.length; u++) {
            probability[u] += probability[u - 1];
        }
        return probability;
    }

    private boolean isExact() {
        return base.length <= EXACT && head.length <= EXACT;
    }

    private long differences() {
        return (long) base.length * head.length;
    }

    /** Returns which difference, from the smallest, is the lower end of the interval; 0 where there is none. */
    private long criticalRank() {
        if (!isExact()) {
            double deviation = Math.sqrt(differences() * (base.length + head.length + 1.0) / 12);
            return (long) Math.floor(differences() / 2.0 - Z_975 * deviation);
        }
        double[] cumulative = cumulativeOf(base.length, head.length);
        int kept = 0;
        while (cumulative[kept] <= TAIL) {
            kept++;
        }
        return kept;
    }

    /** Returns how many pairs have head below base, ties counted half. */
    private double less() {
        double count = 0;
        int below = 0;
        int atMost = 0;
        for (double value : base) {
            while (below < head.length && head[below] < value) {
                below++;
            }
            while (atMost < head.length && head[atMost] <= value) {
                atMost++;
            }
            count += below + (atMost - below) / 2.0;
        }
        return count;
    }

    private double variance() {
        double[] all = new double[base.length + head.length];
        System.arraycopy(base, 0, all, 0, base.length);
        System.arraycopy(head, 0, all, base.length, head.length);
        Arrays.sort(all);
        double ties = 0;
        for (int from = 0; from < all.length; ) {
            int to = from;
            while (to < all.length && all[to] == all[from]) {
                to++;
            }
            double tied = to - from;
            ties += tied * tied * tied - tied;
            from = to;
        }
        double n = all.length;
        return differences() / 12.0 * (n + 1 - ties / (n * (n - 1)));
    }

    /**
     * Returns the k-th smallest difference. They are not listed: how many lie at or below a value is counted in one pass
     * over the sorted samples, and the value is closed in on by halving.
     */
    private double difference(long k) {
        double low = head[0] - base[base.length - 1];
        double high = head[head.length - 1] - base[0];
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
        int partner = 0;
        for (double later : head) {
            while (partner < base.length && later - base[partner] > value) {
                partner++;
            }
            count += base.length - partner;
        }
        return count;
    }
}
