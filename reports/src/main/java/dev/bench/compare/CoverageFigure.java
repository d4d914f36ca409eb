package dev.bench.compare;

/**
 * Holds how often intervals of 95 % held the truth, for one shape of noise and one number of samples.
 *
 * @param noise the shape of noise
 * @param samples samples an interval was made of; on each side where two are compared
 * @param repetitions intervals drawn of each kind
 * @param median intervals of one target's median that held it
 * @param paired intervals of the ratio of two targets, paired by block, that held it
 * @param unpaired intervals of the ratio of two results that held it
 */
public record CoverageFigure(Noise noise, int samples, int repetitions, int median, int paired, int unpaired) {
    /** Least share of intervals that must hold the truth. */
    public static final double LEAST = 0.93;

    /** Returns whether every kind of interval holds the truth often enough. */
    public boolean holds() {
        return Math.min(median, Math.min(paired, unpaired)) >= LEAST * repetitions;
    }
}
