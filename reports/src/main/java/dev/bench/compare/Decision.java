package dev.bench.compare;

import dev.bench.analysis.Holm;
import dev.bench.analysis.Margin;
import dev.bench.analysis.Shift;
import dev.bench.analysis.Verdict;
import dev.bench.result.Metric;
import org.jspecify.annotations.Nullable;

/** Turns statistics into a verdict; the one rule that comparing and gating share. */
final class Decision {
    private Decision() {}

    /**
     * Returns <i>regressed</i> or <i>improved</i> where the test rejects, the interval lies beyond 0, the estimate beyond
     * the bar, and every session points the same way; <i>equivalent</i> where the interval lies inside the practical margin;
     * <i>inconclusive</i> otherwise.
     *
     * @param adjustedP p-value after correction for the number of tests
     * @param sameDirection whether the estimate has the same sign in every session
     * @param better which direction is an improvement, or null where that is not known, so that nothing has changed for better
     *     or worse
     */
    static Outcome of(
            Shift shift, Margin margin, double adjustedP, boolean sameDirection, Metric.@Nullable Better better) {
        Verdict verdict = shift.verdict(margin, adjustedP < Holm.ALPHA);
        return switch (verdict) {
            case HIGHER -> changed(sameDirection, better, Metric.Better.HIGHER);
            case LOWER -> changed(sameDirection, better, Metric.Better.LOWER);
            case EQUIVALENT -> Outcome.EQUIVALENT;
            case INCONCLUSIVE -> Outcome.INCONCLUSIVE;
        };
    }

    private static Outcome changed(boolean sameDirection, Metric.@Nullable Better better, Metric.Better seen) {
        if (!sameDirection || better == null) {
            return Outcome.INCONCLUSIVE;
        }
        return better == seen ? Outcome.IMPROVED : Outcome.REGRESSED;
    }
}
