package dev.bench.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * Finds the places where the distribution of a series changes: E-divisive (Matteson and James, Journal of the American
 * Statistical Association 109, 2014), as it is used on the history of performance tests (Daly et al., ICPE 2020).
 *
 * <p>Two neighbouring pieces of the series are told apart by their energy distance, which needs no assumption on the
 * distributions. The split with the largest distance is kept where none of 999 random orders within the pieces found so
 * far has a split as clear, that is at p = 0.001; then the pieces are split in turn. A long series is searched in windows
 * of {@link #WINDOW} points that overlap by half (Fleming et al., ICPE 2023), each keeping the changes that the one
 * before it found, so that what happened long ago neither hides nor moves what happens now. The random orders come from a fixed seed: the same
 * series has the same change points.
 */
public final class ChangePoints {
    /** Fewest points in which a change is looked for. */
    public static final int LEAST_POINTS = 20;

    /** Points looked at together. */
    public static final int WINDOW = 50;

    /** Chance at which a series without any change is said to have one, per window. */
    public static final double P_VALUE = 0.001;

    /** The observed order counts as one of the orders: 1 / (1 + 999) = 0.001. */
    private static final int PERMUTATIONS = (int) Math.round(1 / P_VALUE) - 1;
    /** Under three points a piece is no level yet; two of 50 are never significant: 2 / (50 over 2) = 0.0016. */
    private static final int LEAST_PIECE = 3;

    private static final long SEED = 20_140_301;

    /** Sums of distances, by the first value and the one after the last; made once, since it is filled thousands of times. */
    private final double[][] within = new double[WINDOW + 1][WINDOW + 1];

    private final double[] values;

    private ChangePoints(double[] values) {
        this.values = values;
    }

    /**
     * Describes a change of level.
     *
     * @param index of the first value of the new level
     * @param before median from the change before to this one
     * @param after median from this change to the next
     */
    public record Change(int index, double before, double after) {}

    /** Returns the changes in a series in its order; none where it has under {@link #LEAST_POINTS} values. */
    public static List<Change> of(double[] values) {
        return of(values, new WindowCache(Map.of()));
    }

    /** Returns the changes in a series as {@link #of(double[])} does; windows that the cache knows are not searched. */
    public static List<Change> of(double[] values, WindowCache cache) {
        ChangePoints search = new ChangePoints(values);
        TreeSet<Integer> indices = new TreeSet<>();
        for (int start = 0; values.length >= LEAST_POINTS; start += WINDOW / 2) {
            int end = Math.min(start + WINDOW, values.length);
            List<Integer> bounds = new ArrayList<>(indices.subSet(start + 1, end));
            bounds.add(0, start);
            bounds.add(end);
            for (int place : cache.get(search.key(bounds), () -> search.places(bounds))) {
                indices.add(start + place);
            }
            if (end == values.length) {
                break;
            }
        }
        List<Integer> bounds = new ArrayList<>(indices);
        bounds.add(0, 0);
        bounds.add(values.length);
        List<Change> changes = new ArrayList<>();
        for (int i = 1; i + 1 < bounds.size(); i++) {
            int index = bounds.get(i);
            changes.add(new Change(
                    index, median(values, bounds.get(i - 1), index), median(values, index, bounds.get(i + 1))));
        }
        return changes;
    }

    private static double median(double[] values, int from, int to) {
        double[] sorted = Arrays.copyOfRange(values, from, to);
        Arrays.sort(sorted);
        return OrderStatistics.median(sorted);
    }

    /**
     * Holds the clearest split of a piece.
     *
     * @param index of the first value after the split; -1 where the piece is too short for one
     * @param statistic scaled energy distance of the two sides
     */
    private record Split(int index, double statistic) {
        static final Split NONE = new Split(-1, 0);
    }

    /** Returns what the changes found in a window depend on, its values and the bounds in it, as one number. */
    private long key(List<Integer> bounds) {
        int start = bounds.get(0);
        long key = SEED;
        for (int i = start; i < bounds.get(bounds.size() - 1); i++) {
            key = mixed(key, Double.doubleToLongBits(values[i]));
        }
        for (int bound : bounds) {
            key = mixed(key, bound - start);
        }
        return key;
    }

    /** Mixes a number into another as SplitMix64 does (Steele, Lea and Flood, OOPSLA 2014). */
    private static long mixed(long key, long number) {
        long mixed = (key + 0x9E3779B97F4A7C15L) ^ number;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

    /** Searches a window; returns the inner bounds, counted from its start. */
    private List<Integer> places(List<Integer> bounds) {
        int start = bounds.get(0);
        return split(bounds).stream().map(index -> index - start).toList();
    }

    /** Splits the pieces between the bounds until no further split is significant; returns the inner bounds. */
    private List<Integer> split(List<Integer> bounds) {
        SplittableRandom random = new SplittableRandom(SEED);
        while (true) {
            Split best = clearest(values, bounds);
            if (best.index() < 0 || !isSignificant(best.statistic(), bounds, random)) {
                return bounds.subList(1, bounds.size() - 1);
            }
            bounds.add(best.index());
            bounds.sort(null);
        }
    }

    /** Returns whether no random order within the pieces has a split as clear; ends at the first that has. */
    private boolean isSignificant(double statistic, List<Integer> bounds, SplittableRandom random) {
        double[] shuffled = values.clone();
        for (int permutation = 0; permutation < PERMUTATIONS; permutation++) {
            for (int piece = 1; piece < bounds.size(); piece++) {
                shuffle(shuffled, bounds.get(piece - 1), bounds.get(piece), random);
            }
            if (clearest(shuffled, bounds).statistic() >= statistic) {
                return false;
            }
        }
        return true;
    }

    private static void shuffle(double[] array, int from, int to, SplittableRandom random) {
        for (int i = to - 1; i > from; i--) {
            int other = from + random.nextInt(i - from + 1);
            double held = array[i];
            array[i] = array[other];
            array[other] = held;
        }
    }

    private Split clearest(double[] values, List<Integer> bounds) {
        Split best = Split.NONE;
        for (int piece = 1; piece < bounds.size(); piece++) {
            Split split = clearest(values, bounds.get(piece - 1), bounds.get(piece));
            if (split.statistic() > best.statistic()) {
                best = split;
            }
        }
        return best;
    }

    /**
     * Returns the clearest split of a piece into a left side of m and a right side of n values: the largest mn / (m + n)
     * times the energy distance, which is twice the mean distance across less the mean distances within. The right side
     * may end before the piece does (equation 7 of the paper): a spell between two like levels would be averaged away
     * otherwise.
     */
    private Split clearest(double[] values, int from, int to) {
        int n = to - from;
        for (int j = 1; j <= n; j++) {
            double last = values[from + j - 1];
            double toLast = 0;
            within[j - 1][j] = 0;
            for (int i = j - 2; i >= 0; i--) {
                toLast += Math.abs(values[from + i] - last);
                within[i][j] = within[i][j - 1] + toLast;
            }
        }
        double[] whole = within[0];
        int index = -1;
        double clearest = 0;
        for (int split = LEAST_PIECE; split + LEAST_PIECE <= n; split++) {
            double left = whole[split];
            double[] rights = within[split];
            for (int end = split + LEAST_PIECE; end <= n; end++) {
                double right = rights[end];
                double across = whole[end] - left - right;
                double statistic = statistic(split, left, end - split, right, across);
                if (statistic > clearest) {
                    clearest = statistic;
                    index = from + split;
                }
            }
        }
        return index < 0 ? Split.NONE : new Split(index, clearest);
    }

    private static double statistic(int m, double left, int n, double right, double across) {
        double distance =
                2 * across / ((double) m * n) - 2 * left / ((double) m * (m - 1)) - 2 * right / ((double) n * (n - 1));
        return (double) m * n / (m + n) * distance;
    }
}
