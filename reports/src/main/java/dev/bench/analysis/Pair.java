package dev.bench.analysis;

import dev.bench.result.Result;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.commons.statistics.inference.TTest;
import org.jspecify.annotations.Nullable;

/**
 * Compares a target with the reference on one metric, block by block.
 *
 * @param metric the metric
 * @param reference name of the reference
 * @param target name of the target
 * @param logRatios natural logarithm of target / reference, one per block in which both succeeded
 * @param shift what they amount to
 */
public record Pair(Measurand metric, String reference, String target, List<Double> logRatios, Shift shift) {
    public Pair {
        logRatios = List.copyOf(logRatios);
    }

    /** Compares two series of one metric. */
    public static Pair of(Series reference, Series target) {
        double[] ratios = Shift.logRatios(reference.points(), target.points());
        return new Pair(
                target.metric(),
                reference.target(),
                target.target(),
                Arrays.stream(ratios).boxed().toList(),
                tested(ratios));
    }

    /** Returns the interval of the logarithm, or null where there are under six pairs. */
    public OrderStatistics.@Nullable Interval interval() {
        return shift.interval();
    }

    /** Returns the name of the estimator. */
    public String method() {
        return shift.method();
    }

    /** Returns the p-value of no difference, of the {@link #test}; 1 where there is no pair. */
    public double pValue() {
        return shift.pValue();
    }

    /** Returns the name of the test. */
    public String test() {
        return logRatios.size() < Shift.FEWEST_SAMPLES ? "Student's t-test" : "signed-rank test";
    }

    /**
     * Puts Student's test in the place of signed ranks where there are few pairs: of six the least p of ranks is 0.03, which
     * no correction for several comparisons survives, however clear the difference.
     */
    static Shift tested(double[] logRatios) {
        Shift shift = Shift.paired(logRatios);
        return logRatios.length < Shift.FEWEST_SAMPLES ? shift.withTest(studentP(logRatios), 0) : shift;
    }

    private static double studentP(double[] values) {
        if (values.length < 2) {
            return 1;
        }
        if (Arrays.stream(values).allMatch(value -> value == values[0])) {
            return values[0] == 0 ? 1 : 0;
        }
        return TTest.withDefaults().test(values).getPValue();
    }

    /** Returns target / reference; NaN where there is no pair. */
    public double ratio() {
        return shift.ratio();
    }

    /**
     * Says in one sentence why the verdict is inconclusive, which difference would have been seen, and how many blocks would
     * decide; empty where there is no interval.
     *
     * @param tests number of tests that are corrected for
     */
    public Optional<String> undecided(Margin margin, int tests) {
        return shift.undecided(margin, tests)
                .map(why -> target + " against " + reference + ": " + why + "; about "
                        + shift.samplesNeeded(margin.practical()) + " blocks would decide");
    }

    /** Returns half the width of the interval of the logarithm; NaN where there is no interval. */
    public double halfWidth() {
        return shift.halfWidth();
    }

    /** Returns the stored form. */
    Result.Comparison stored(Verdict verdict) {
        OrderStatistics.Interval range = shift.interval();
        return new Result.Comparison(
                metric.id(),
                reference,
                target,
                logRatios.size(),
                logRatios.isEmpty() ? null : ratio(),
                range == null ? null : Math.exp(range.low()),
                range == null ? null : Math.exp(range.high()),
                shift.method(),
                logRatios.isEmpty() ? null : shift.probabilityLess(),
                verdict.label());
    }
}
