package dev.bench.verify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;

/**
 * Computes figures the long way round: every Walsh average is listed, every binomial term summed. Slow, and like nothing
 * that the analysis does.
 */
final class Sample {
    private static final int FEWEST_FOR_INTERVAL = 6;
    private static final int RANKS_FROM = 20;
    /** With fewer pairs Student's test takes the place of ranks, whose least p-value is too large there. */
    private static final int RANK_TEST_FROM = 10;
    /** A value so many times the median deviation away from the median is an outlier: ten standard deviations. */
    private static final double FAR = 14.826;
    /** Beyond this many pairs the analysis takes the normal distribution in place of the exact one. */
    private static final int EXACT = 200;

    private final double[] values;

    Sample(List<Double> values) {
        this.values = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    }

    int count() {
        return values.length;
    }

    double least() {
        return values[0];
    }

    double most() {
        return values[values.length - 1];
    }

    double median() {
        return (values[(values.length - 1) / 2] + values[values.length / 2]) / 2;
    }

    double deviation() {
        double median = median();
        return new Sample(Arrays.stream(values)
                        .map(value -> Math.abs(value - median))
                        .boxed()
                        .toList())
                .median();
    }

    /** Returns the share below zero, zeros counted half. */
    double shareBelowZero() {
        return Arrays.stream(values)
                .map(value -> value < 0 ? 1 : value > 0 ? 0 : 0.5)
                .average()
                .orElseThrow();
    }

    /** Returns the ends of the 95 % interval of the median; empty under six values. */
    double[] medianInterval() {
        int n = values.length;
        if (n < FEWEST_FOR_INTERVAL) {
            return new double[0];
        }
        double term = Math.pow(0.5, n);
        double sum = term;
        int outside = 0;
        while (sum <= 0.025) {
            outside++;
            term = term * (n - outside + 1) / outside;
            sum += term;
        }
        return new double[] {values[outside - 1], values[n - outside]};
    }

    /** Returns the estimate of paired differences: the median under twenty, the median of all pairwise means from there on. */
    double difference() {
        return values.length < RANKS_FROM ? median() : new Sample(means()).median();
    }

    /** Returns the ends of the 95 % interval of paired differences; empty under six values. */
    double[] differenceInterval() {
        if (values.length < RANKS_FROM) {
            return medianInterval();
        }
        List<Double> means = means().stream().sorted().toList();
        int outside = rankOutside();
        return new double[] {means.get(outside - 1), means.get(means.size() - outside)};
    }

    /** Returns how many values lie far from the median. */
    int outliers() {
        double median = median();
        double deviation = deviation();
        return (int) Arrays.stream(values)
                .filter(value -> deviation > 0 && Math.abs(value - median) / deviation > FAR)
                .count();
    }

    /** Returns the two-sided p-value of no difference, of paired differences; 1 where there are too few to tell. */
    double chanceOfNoDifference() {
        if (values.length < 2) {
            return 1;
        }
        return values.length < RANK_TEST_FROM ? studentChance() : rankChance();
    }

    private double studentChance() {
        double mean = Arrays.stream(values).average().orElseThrow();
        double squares = Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .sum();
        int freedom = values.length - 1;
        if (least() == most()) {
            return mean == 0 ? 1 : 0;
        }
        double t = Math.abs(mean) / Math.sqrt(squares / freedom / values.length);
        return studentTails(t, freedom);
    }

    /**
     * Returns the chance beyond t on both sides: with t = sqrt(freedom) tan(x) the density becomes a power of the cosine,
     * which is integrated by Simpson's rule.
     */
    private static double studentTails(double t, int freedom) {
        double from = Math.atan(t / Math.sqrt(freedom));
        return powerOfCosine(freedom - 1, from) / powerOfCosine(freedom - 1, 0);
    }

    private static double powerOfCosine(int power, double from) {
        return integral(x -> Math.pow(Math.cos(x), power), from, Math.PI / 2);
    }

    /** Returns an integral by Simpson's rule, so fine that eight digits hold. */
    private static double integral(DoubleUnaryOperator function, double from, double to) {
        int steps = 20_000;
        double width = (to - from) / steps;
        double sum = 0;
        for (int i = 0; i <= steps; i++) {
            int weight = i == 0 || i == steps ? 1 : i % 2 == 0 ? 2 : 4;
            sum += weight * function.applyAsDouble(from + i * width);
        }
        return sum * width / 3;
    }

    private double rankChance() {
        int n = values.length;
        double positive = 0;
        for (double value : values) {
            double share = value > 0 ? 1 : value == 0 ? 0.5 : 0;
            positive += share * rank(Math.abs(value));
        }
        double most = n * (n + 1) / 2.0;
        double smaller = Math.min(positive, most - positive);
        if (n > EXACT) {
            double z = Math.max(0, (most / 2 - smaller - 0.5) / Math.sqrt(most * (2 * n + 1) / 12));
            return Math.sqrt(2 / Math.PI) * integral(x -> Math.exp(-x * x / 2), z, z + 10);
        }
        double[] chance = rankSums(n);
        double tail = 0;
        for (int sum = 0; sum <= smaller; sum++) {
            tail += chance[sum];
        }
        return Math.min(1, 2 * tail);
    }

    /** Returns the mean of the ranks that so large a value has among all. */
    private double rank(double size) {
        long below =
                Arrays.stream(values).filter(value -> Math.abs(value) < size).count();
        long equal =
                Arrays.stream(values).filter(value -> Math.abs(value) == size).count();
        return below + (equal + 1) / 2.0;
    }

    private List<Double> means() {
        List<Double> means = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            for (int j = i; j < values.length; j++) {
                means.add((values[i] + values[j]) / 2);
            }
        }
        return means;
    }

    /** Returns the smallest sum of positive ranks that has more than 2.5 % at or below it. */
    private int rankOutside() {
        int n = values.length;
        if (n > EXACT) {
            double mean = n * (n + 1) / 4.0;
            return Math.max(1, (int) Math.floor(mean - 1.959963984540054 * Math.sqrt(mean * (2 * n + 1) / 6)));
        }
        double[] chance = rankSums(n);
        double sum = chance[0];
        int rank = 0;
        while (sum <= 0.025) {
            rank++;
            sum += chance[rank];
        }
        return Math.max(1, rank);
    }

    /** Returns the chance of every sum of positive ranks: each of n ranks counts or not. */
    private static double[] rankSums(int n) {
        double[] chance = DoubleStream.concat(
                        DoubleStream.of(1), DoubleStream.generate(() -> 0).limit(n * (n + 1) / 2))
                .toArray();
        for (int rank = 1; rank <= n; rank++) {
            double[] next = new double[chance.length];
            for (int sum = 0; sum < chance.length; sum++) {
                next[sum] = 0.5 * chance[sum] + (sum < rank ? 0 : 0.5 * chance[sum - rank]);
            }
            chance = next;
        }
        return chance;
    }
}
