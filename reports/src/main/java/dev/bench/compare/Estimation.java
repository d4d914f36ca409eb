package dev.bench.compare;

import dev.bench.analysis.Holm;
import dev.bench.analysis.RankSum;
import dev.bench.analysis.Shift;

/** Estimates how far HEAD lies from BASE, block by block where both were launched in the same blocks. */
final class Estimation {
    private final Side.Kind kind;
    private final boolean paired;
    private final int family;

    /** Takes the number of comparisons, which says how small a p-value has to be. */
    Estimation(Side.Kind kind, boolean paired, int family) {
        this.kind = kind;
        this.paired = paired;
        this.family = family;
    }

    Candidate of(Matching.Pair pair) {
        Samples base = pair.base();
        Samples head = pair.head();
        if (paired) {
            double[] ratios = Shift.logRatios(base.points(), head.points());
            return new Candidate(pair.target(), base, head, Sampling.BLOCK, Shift.paired(ratios));
        }
        Sampling sampling = Sampling.LAUNCH;
        if (kind == Side.Kind.JMH) {
            sampling = Sampling.ITERATION;
            int baseForks = base.sessions().size();
            int headForks = head.sessions().size();
            // Iterations of one fork depend on each other. Forks do not, but they can be too few to reject with.
            if (family * RankSum.leastPValue(baseForks, headForks) < Holm.ALPHA) {
                base = base.sessionMedians();
                head = head.sessionMedians();
                sampling = Sampling.FORK;
            }
        }
        Candidate raw = new Candidate(pair.target(), base, head, sampling, Shift.paired(new double[0]));
        return raw.isOfOneUnit() && raw.isPositive()
                ? new Candidate(pair.target(), base, head, sampling, Shift.unpaired(base.values(), head.values()))
                : raw;
    }
}
