package dev.bench.verify;

import java.util.ArrayList;
import java.util.List;

/**
 * Judges all differences of a result together, since their tests are corrected for their number. Not safe for use by several
 * threads.
 */
final class Verdicts {
    private static final double PRACTICAL = 0.05;
    private static final double REJECTED = 0.05;
    private static final String CONTROL = " (A/A)";

    private final List<Claim> claims = new ArrayList<>();

    /**
     * Holds a verdict as somebody wrote it.
     *
     * @param where where it stands, in words
     * @param metric stored name of the metric
     * @param target name of the target
     * @param ratios logarithms of target / reference
     * @param chance p-value of no difference
     * @param verdict the word
     */
    record Claim(String where, String metric, String target, Sample ratios, double chance, String verdict) {
        Claim(String where, String metric, String target, Sample ratios, String verdict) {
            this(where, metric, target, ratios, ratios.chanceOfNoDifference(), verdict);
        }
    }

    void add(Claim claim) {
        claims.add(claim);
    }

    List<Claim> claims() {
        return List.copyOf(claims);
    }

    /** Returns the difference from which one may be claimed of a metric, as a fraction: twice what two copies differ by. */
    double bar(String metric) {
        return claims.stream()
                .filter(claim -> claim.metric().equals(metric) && claim.target().endsWith(CONTROL))
                .map(claim -> claim.ratios().differenceInterval())
                .filter(interval -> interval.length > 0)
                .mapToDouble(interval -> Math.exp(interval[1] - interval[0]) - 1)
                .filter(bar -> bar > PRACTICAL)
                .findFirst()
                .orElse(PRACTICAL);
    }

    /** Returns the word that belongs to a claim, once all claims have been added. */
    String verdict(Claim claim) {
        double[] ends = claim.ratios().differenceInterval();
        if (ends.length == 0) {
            return "inconclusive";
        }
        double estimate = claim.ratios().difference();
        double bar = Math.log(1 + bar(claim.metric()));
        boolean rejected = corrected(claim.chance()) < REJECTED;
        if (rejected && ends[0] > 0 && estimate > bar) {
            return "higher";
        }
        if (rejected && ends[1] < 0 && estimate < -bar) {
            return "lower";
        }
        double margin = Math.log(1 + PRACTICAL);
        return ends[0] > -margin && ends[1] < margin ? "equivalent" : "inconclusive";
    }

    /** Takes every test that is at least as clear, times the number of those that are no clearer than it (Holm 1979). */
    private double corrected(double chance) {
        return claims.stream()
                .mapToDouble(Claim::chance)
                .filter(clearer -> clearer <= chance)
                .map(clearer -> clearer
                        * claims.stream()
                                .filter(claim -> claim.chance() >= clearer)
                                .count())
                .max()
                .orElse(1);
    }
}
