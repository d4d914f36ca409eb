package dev.bench.compare;

import dev.bench.analysis.Margin;
import dev.bench.analysis.Measurand;
import dev.bench.analysis.Shift;
import java.util.List;

/**
 * Holds the comparison of one target on one measure.
 *
 * @param measurand what was measured
 * @param target name of the target; both names where they differ
 * @param base what was measured in BASE
 * @param head what was measured in HEAD
 * @param paired whether launches of one block were held against each other
 * @param sampling what counts as one sample
 * @param shift how far HEAD lies from BASE, on logarithms
 * @param margin which difference counts, and which can be told from noise
 * @param rank place of the p-value among all of the comparison, the smallest first, from 1
 * @param family number of tests in the comparison
 * @param adjustedP p-value after Holm's correction
 * @param directions the estimate of every session by itself, where there are several
 * @param outcome the verdict
 * @param reasons why the verdict is not another, each half a sentence; never empty where it is inconclusive
 */
public record Compared(
        Measurand measurand,
        String target,
        Samples base,
        Samples head,
        boolean paired,
        Sampling sampling,
        Shift shift,
        Margin margin,
        int rank,
        int family,
        double adjustedP,
        List<Direction> directions,
        Outcome outcome,
        List<String> reasons) {
    public Compared {
        directions = List.copyOf(directions);
        reasons = List.copyOf(reasons);
    }

    /**
     * Holds the estimate of one session.
     *
     * @param session which session, in words
     * @param samples number of its samples
     * @param estimate estimate of the logarithm of HEAD / BASE
     */
    public record Direction(String session, int samples, double estimate) {}

    /** Returns whether the CPU of either side was emulated. */
    public boolean isEmulated() {
        return base.emulated() || head.emulated();
    }
}
