package dev.bench.compare;

/**
 * Holds what a simulation found of the test of all benchmarks together.
 *
 * @param noise the shape of noise
 * @param repetitions comparisons with nothing changed, and as many with all benchmarks made worse
 * @param falseAlarms comparisons with nothing changed in which the whole came out as regressed or improved
 * @param detected comparisons with all made worse in which it came out as regressed
 */
public record WholeFigure(Noise noise, int repetitions, int falseAlarms, int detected) {
    /** Returns whether there are few enough false alarms, and enough changes are found. */
    public boolean holds() {
        return falseAlarms <= GateFigure.MOST_FALSE_ALARMS * repetitions
                && detected >= GateFigure.LEAST_POWER * repetitions;
    }
}
