package dev.bench.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.jspecify.annotations.Nullable;

/**
 * Says how far measurements lie from those they are compared with, on logarithms: base is what they are compared with.
 *
 * @param baseCount samples of base; the number of pairs where they are paired
 * @param headCount samples of the other; the same where they are paired
 * @param estimate estimate of the logarithm of head / base; NaN where there are no samples
 * @param interval its interval with at least 95 % confidence; null where there are too few samples
 * @param method name of the estimator
 * @param pValue two-sided, of no difference; 1 where there are no samples
 * @param leastPValue smallest p-value that so many samples can give, so that a test which cannot reject is known
 * @param probabilityLess chance that head is below base, ties counted half; NaN where there are no samples
 */
public record Shift(
        int baseCount,
        int headCount,
        double estimate,
        OrderStatistics.@Nullable Interval interval,
        String method,
        double pValue,
        double leastPValue,
        double probabilityLess) {
    /** No rank test rejects with fewer once it is corrected for the others. */
    static final int FEWEST_SAMPLES = 10;

    private static final int SIGNED_RANK_FROM = 20;
    private static final double POWER = 0.95;

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

    /**
     * Compares within blocks, from the logarithms of head / base: signed ranks from 20 blocks on, the median with its
     * order-statistic interval below, which needs no symmetry (a bootstrap of so few blocks covers too little).
     */
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
                    SignedRank.leastPValue(n),
                    shareLess(logRatios));
        }
        return new Shift(
                n,
                n,
                OrderStatistics.median(sorted(logRatios)),
                OrderStatistics.medianInterval(sorted(logRatios)).orElse(null),
                "median of block ratios, order-statistic interval",
                signedRank.pValue(),
                SignedRank.leastPValue(n),
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
                RankSum.leastPValue(base.length, head.length),
                rankSum.probabilityLess());
    }

    /** Returns the same with the p-value of another test. */
    Shift withTest(double otherPValue, double otherLeastPValue) {
        return new Shift(
                baseCount, headCount, estimate, interval, method, otherPValue, otherLeastPValue, probabilityLess);
    }

    private static Shift none(int baseCount, int headCount) {
        return new Shift(baseCount, headCount, Double.NaN, null, "none", 1, 1, Double.NaN);
    }

    private static double shareLess(double[] logRatios) {
        double less = 0;
        for (double ratio : logRatios) {
            less += ratio < 0 ? 1 : ratio == 0 ? 0.5 : 0;
        }
        return less / logRatios.length;
    }

    private static double[] sorted(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted;
    }

    /** Returns head / base; NaN where there are no samples. */
    public double ratio() {
        return Math.exp(estimate);
    }

    /** Returns half the width of the interval of the logarithm; NaN where there is no interval. */
    public double halfWidth() {
        return interval == null ? Double.NaN : (interval.high() - interval.low()) / 2;
    }

    /**
     * Returns the smallest relative change that so many samples find with 95 % power, as a fraction: the estimate has to be
     * beyond the bar, and the test to reject after the correction for the number of tests. Null without an interval, and
     * where so few samples never reject.
     *
     * @param tests number of tests that are corrected for
     */
    public @Nullable Double minimumDetectable(Margin margin, int tests) {
        if (interval == null || leastPValue * tests >= Holm.ALPHA) {
            return null;
        }
        NormalDistribution normal = NormalDistribution.of(0, 1);
        double power = normal.inverseCumulativeProbability(POWER);
        double confidence = normal.inverseCumulativeProbability(1 - Holm.ALPHA / 2);
        double rejected = normal.inverseCumulativeProbability(1 - Holm.ALPHA / 2 / tests);
        double deviation = halfWidth() / confidence;
        return Math.expm1(Math.max((rejected + power) * deviation, Math.log1p(margin.bar()) + power * deviation));
    }

    /**
     * Says why these samples show neither a difference nor that there is none, and which difference they would have shown;
     * empty without an interval, and where they show one of the two.
     *
     * @param tests number of tests that are corrected for
     */
    public Optional<String> undecided(Margin margin, int tests) {
        OrderStatistics.Interval range = interval;
        if (range == null || isWithin(margin)) {
            return Optional.empty();
        }
        boolean found = range.low() > 0 || range.high() < 0;
        String seen;
        if (!found) {
            seen = "no difference found";
        } else if (Math.abs(estimate) <= Math.log1p(margin.bar())) {
            seen = String.format(
                    Locale.ROOT,
                    margin.bar() > margin.practical()
                            ? "the difference is within the noise of two copies of the same, %.0f %%"
                            : "the difference may be below the margin of %.0f %% as well as above",
                    margin.bar() * 100);
        } else {
            seen = "a difference that is not sure enough";
        }
        Double detectable = minimumDetectable(margin, tests);
        return Optional.of(seen
                + (detectable == null
                        ? "; with so few samples none can be"
                        : String.format(
                                Locale.ROOT, "; one above %.0f %% would have been seen", Math.ceil(detectable * 100))));
    }

    /**
     * Returns how many samples a side it would take for an interval inside the margin, ten at least: no test rejects with
     * fewer once it is corrected for the others. Null without an interval.
     *
     * @param margin practical margin, as a fraction
     */
    public @Nullable Integer samplesNeeded(double margin) {
        if (interval == null) {
            return null;
        }
        double factor = halfWidth() / Math.log1p(margin);
        double needed = Math.ceil(Math.max(1, factor * factor) * Math.max(baseCount, headCount));
        return (int) Math.max(FEWEST_SAMPLES, needed);
    }

    /** Returns whether the interval lies inside the practical margin. */
    private boolean isWithin(Margin margin) {
        double limit = Math.log1p(margin.practical());
        return interval != null && interval.low() > -limit && interval.high() < limit;
    }

    /**
     * Returns the verdict: higher or lower where the test rejects, the interval excludes 0 and the estimate is beyond the
     * bar; equivalent where the interval lies inside the practical margin.
     *
     * @param rejected whether the test of no difference rejects after correction for the number of tests
     */
    public Verdict verdict(Margin margin, boolean rejected) {
        OrderStatistics.Interval range = interval;
        if (range == null) {
            return Verdict.INCONCLUSIVE;
        }
        double bar = Math.log1p(margin.bar());
        if (rejected && range.low() > 0 && estimate > bar) {
            return Verdict.HIGHER;
        }
        if (rejected && range.high() < 0 && estimate < -bar) {
            return Verdict.LOWER;
        }
        return isWithin(margin) ? Verdict.EQUIVALENT : Verdict.INCONCLUSIVE;
    }
}
