package dev.bench.analysis;

import dev.bench.result.Metric;
import dev.bench.result.Result;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Compares a target with the reference on one metric, block by block.
 *
 * @param metric the metric
 * @param reference name of the reference
 * @param target name of the target
 * @param logRatios natural logarithm of target / reference, one per block in which both succeeded
 * @param estimate estimate of the logarithm; NaN where there is no pair
 * @param interval its interval, or null where there are under six pairs
 * @param method name of the estimator
 * @param pValue of no difference; 1 where there is no pair
 */
public record Pair(
        Metric metric,
        String reference,
        String target,
        List<Double> logRatios,
        double estimate,
        OrderStatistics.@Nullable Interval interval,
        String method,
        double pValue) {
    private static final int SIGNED_RANK_FROM = 20;
    private static final int RESAMPLES = 10_000;
    private static final long SEED = 20_230_501;
    /** Half-width of an interval times this is the effect found with 95 % power: (1.960 + 1.645) / 1.960. */
    private static final double DETECTABLE = 1.839;

    public Pair {
        logRatios = List.copyOf(logRatios);
    }

    /** Compares two series of one metric. */
    static Pair of(Series reference, Series target) {
        Map<Long, Double> base = reference.byBlock();
        List<Double> ratios = new ArrayList<>();
        target.byBlock().forEach((block, value) -> {
            Double other = base.get(block);
            if (other != null && other > 0 && value > 0) {
                ratios.add(Math.log(value / other));
            }
        });
        double[] values = ratios.stream().mapToDouble(Double::doubleValue).toArray();
        if (values.length == 0) {
            return new Pair(target.metric(), reference.target(), target.target(), ratios, Double.NaN, null, "none", 1);
        }
        SignedRank signedRank = new SignedRank(values);
        if (values.length >= SIGNED_RANK_FROM) {
            return new Pair(
                    target.metric(),
                    reference.target(),
                    target.target(),
                    ratios,
                    signedRank.estimate(),
                    signedRank.interval(),
                    "Hodges-Lehmann, exact signed-rank interval",
                    signedRank.pValue());
        }
        return new Pair(
                target.metric(),
                reference.target(),
                target.target(),
                ratios,
                median(values),
                values.length < OrderStatistics.LEAST_FOR_INTERVAL ? null : bootstrap(values),
                "median of block ratios, bootstrap of blocks",
                signedRank.pValue());
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return OrderStatistics.median(sorted);
    }

    /** Returns the percentile interval over resampled blocks; the seed is fixed so that a report can be made again. */
    private static OrderStatistics.Interval bootstrap(double[] values) {
        SplittableRandom random = new SplittableRandom(SEED);
        double[] medians = new double[RESAMPLES];
        double[] sample = new double[values.length];
        for (int resample = 0; resample < RESAMPLES; resample++) {
            for (int i = 0; i < sample.length; i++) {
                sample[i] = values[random.nextInt(values.length)];
            }
            medians[resample] = median(sample);
        }
        Arrays.sort(medians);
        return new OrderStatistics.Interval(
                OrderStatistics.quantile(medians, 0.025), OrderStatistics.quantile(medians, 0.975));
    }

    /** Returns target / reference; NaN where there is no pair. */
    public double ratio() {
        return Math.exp(estimate);
    }

    /** Returns the chance that the target is below the reference in a block, ties counted half. */
    public double probabilityLess() {
        double less = 0;
        for (double ratio : logRatios) {
            less += ratio < 0 ? 1 : ratio == 0 ? 0.5 : 0;
        }
        return logRatios.isEmpty() ? Double.NaN : less / logRatios.size();
    }

    /** Returns the smallest relative change that this many blocks would have found, as a fraction; empty: null. */
    public @Nullable Double minimumDetectable() {
        return interval == null ? null : Math.expm1(DETECTABLE * halfWidth());
    }

    /** Returns how many blocks it would take for an interval inside the margin; null where there is no interval. */
    public @Nullable Integer blocksNeeded(double margin) {
        if (interval == null) {
            return null;
        }
        double factor = halfWidth() / Math.log1p(margin);
        return (int) Math.ceil(Math.max(1, factor * factor) * logRatios.size());
    }

    double halfWidth() {
        return interval == null ? Double.NaN : (interval.high() - interval.low()) / 2;
    }

    /** Returns the verdict at a margin, given whether the test rejects after Holm's correction. */
    Verdict verdict(double margin, boolean rejected) {
        OrderStatistics.Interval range = interval;
        if (range == null) {
            return Verdict.INCONCLUSIVE;
        }
        double limit = Math.log1p(margin);
        if (rejected && range.low() > 0 && estimate > limit) {
            return Verdict.HIGHER;
        }
        if (rejected && range.high() < 0 && estimate < -limit) {
            return Verdict.LOWER;
        }
        return range.low() > -limit && range.high() < limit ? Verdict.EQUIVALENT : Verdict.INCONCLUSIVE;
    }

    /** Returns the stored form. */
    Result.Comparison stored(Verdict verdict) {
        return new Result.Comparison(
                metric.id(),
                reference,
                target,
                logRatios.size(),
                logRatios.isEmpty() ? null : ratio(),
                interval == null ? null : Math.exp(interval.low()),
                interval == null ? null : Math.exp(interval.high()),
                method,
                logRatios.isEmpty() ? null : probabilityLess(),
                verdict.label());
    }
}
