package dev.bench.verify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Computes figures the long way round: every Walsh average is listed, every binomial term summed. Slow, and like nothing
 * that the analysis does.
 */
final class Sample {
    private static final int FEWEST_FOR_INTERVAL = 6;
    private static final int RANKS_FROM = 20;
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
        double sum = chance[0];
        int rank = 0;
        while (sum <= 0.025) {
            rank++;
            sum += chance[rank];
        }
        return Math.max(1, rank);
    }
}
