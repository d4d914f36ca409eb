package dev.bench.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Says how far measurements lie from those they are compared with, on logarithms: base is what they are compared with.
 *
 * @param baseCount samples of base; the number of pairs where they are paired
 * @param headCount samples of the other; the same where they are paired
 * @param estimate estimate of the logarithm of head / base; NaN where there are no samples
 * @param interval its interval with 95 % confidence, at least where it comes from ranks and nominally where from a
 *     bootstrap; null where there are too few samples
 * @param method name of the estimator
 * @param pValue two-sided, of no difference; 1 where there are no samples
 * @param probabilityLess chance that head is below base, ties counted half; NaN where there are no samples
 */
public record Shift(
        int baseCount,
        int headCount,
        double estimate,
        OrderStatistics.@Nullable Interval interval,
        String method,
        double pValue,
        double probabilityLess) {
    /** No rank test rejects with fewer once it is corrected for the others. */
    static final int FEWEST_SAMPLES = 10;

    private static final int SIGNED_RANK_FROM = 20;
    private static final int RESAMPLES = 10_000;
    private static final long SEED = 20_230_501;
    /** Half-width of an interval times this is the effect found with 95 % power: (1.960 + 1.645) / 1.960. */
    private static final double DETECTABLE = 1.839;

    /** Returns the natural logarithms of head / base, one per session and block in which both are above zero. */
    public static double[] logRatios(List<Series.Point> base, List<Series.Point> head) {
        Map<Long, Double> partners = new LinkedHashMap<>();
        base.forEach(point -> partners.put(point.key(), point.value()));
        Map<Long, Double> values = new LinkedHashMap<>();
        head.forEach(point -> values.put(point.key(), point.value()));
        List<Double> ratios = new ArrayList<>();
        values.forEach((block, value) -> {
            Double partner = partners.get(block);
            if (partner != null && partner > 0 && value > 0) {
                ratios.add(Math.log(value / partner));
            }
        });
        return ratios.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** Compares within blocks, from the logarithms of head / base; signed ranks from 20 blocks on, a bootstrap below. */
    public static Shift paired(double[] logRatios) {
        int n = logRatios.length;
        if (n == 0) {
            return none(0, 0);
        }
        SignedRank signedRank = new SignedRank(logRatios);
        if (n >= SIGNED_RANK_FROM) {
            return new Shift(
                    n,
                    n,
                    signedRank.estimate(),
                    signedRank.interval(),
                    "Hodges-Lehmann, exact signed-rank interval",
                    signedRank.pValue(),
                    shareLess(logRatios));
        }
        return new Shift(
                n,
                n,
                median(logRatios),
                n < OrderStatistics.LEAST_FOR_INTERVAL ? null : bootstrap(logRatios),
                "median of block ratios, bootstrap of blocks",
                signedRank.pValue(),
                shareLess(logRatios));
    }

    /** Compares two independent samples, both above zero. */
    public static Shift unpaired(double[] base, double[] head) {
        if (base.length == 0 || head.length == 0) {
            return none(base.length, head.length);
        }
        RankSum rankSum = new RankSum(
                Arrays.stream(base).map(Math::log).toArray(),
                Arrays.stream(head).map(Math::log).toArray());
        return new Shift(
                base.length,
                head.length,
                rankSum.estimate(),
                rankSum.interval().orElse(null),
                "Hodges-Lehmann, Mann-Whitney interval",
                rankSum.pValue(),
                rankSum.probabilityLess());
    }

    private static Shift none(int baseCount, int headCount) {
        return new Shift(baseCount, headCount, Double.NaN, null, "none", 1, Double.NaN);
    }

    private static double shareLess(double[] logRatios) {
        double less = 0;
        for (double ratio : logRatios) {
            less += ratio < 0 ? 1 : ratio == 0 ? 0.5 : 0;
        }
        return less / logRatios.length;
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

    /** Returns head / base; NaN where there are no samples. */
    public double ratio() {
        return Math.exp(estimate);
    }

    /** Returns half the width of the interval of the logarithm; NaN where there is no interval. */
    public double halfWidth() {
        return interval == null ? Double.NaN : (interval.high() - interval.low()) / 2;
    }

    /** Returns the smallest relative change that so many samples would have found, as a fraction; empty: null. */
    public @Nullable Double minimumDetectable() {
        return interval == null ? null : Math.expm1(DETECTABLE * halfWidth());
    }

    /**
     * Returns how many samples a side it would take for an interval inside the margin, ten at least: no test rejects with
     * fewer once it is corrected for the others. Null without an interval.
     */
    public @Nullable Integer samplesNeeded(double margin) {
        if (interval == null) {
            return null;
        }
        double factor = halfWidth() / Math.log1p(margin);
        double needed = Math.ceil(Math.max(1, factor * factor) * Math.max(baseCount, headCount));
        return (int) Math.max(FEWEST_SAMPLES, needed);
    }

    /**
     * Returns the verdict at a margin.
     *
     * @param margin relative difference below which two count as the same
     * @param rejected whether the test of no difference rejects after correction for the number of tests
     */
    public Verdict verdict(double margin, boolean rejected) {
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
}
