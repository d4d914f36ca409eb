package dev.bench.compare;

import dev.bench.analysis.Proportions;

/**
 * Holds what a simulation found for one shape of noise and one number of blocks.
 *
 * @param noise the shape of noise
 * @param blocks blocks per session
 * @param repetitions gates simulated with nothing changed, and as many with one comparison made worse
 * @param falseAlarms gates with nothing changed in which any comparison came out as regressed or improved
 * @param detected gates in which the comparison made worse came out as regressed
 * @param calledEquivalent gates in which it came out as equivalent
 */
public record GateFigure(
        Noise noise, int blocks, int repetitions, int falseAlarms, int detected, int calledEquivalent) {
    /** Largest share of gates that may raise a false alarm, over all of a gate's comparisons. */
    public static final double MOST_FALSE_ALARMS = 0.01;

    /** Largest share of changes that may be called equivalent. */
    public static final double MOST_CALLED_EQUIVALENT = 0.01;

    /** Least share of changes that must be found, from {@link #POWER_FROM} blocks per session on. */
    public static final double LEAST_POWER = 0.95;

    /** Fewest blocks per session from which {@link #LEAST_POWER} is asked for. */
    public static final int POWER_FROM = 20;

    /** Returns the share of false alarms. */
    public double falseAlarmRate() {
        return falseAlarms / (double) repetitions;
    }

    /** Returns what the share of false alarms is below with 95 % confidence. */
    public double falseAlarmBound() {
        return Proportions.upperBound(falseAlarms, repetitions);
    }

    /** Returns the share of changes found. */
    public double power() {
        return detected / (double) repetitions;
    }

    /** Returns the share of changes called equivalent. */
    public double calledEquivalentRate() {
        return calledEquivalent / (double) repetitions;
    }

    /** Returns what the share of changes found is above with 95 % confidence. */
    public double powerBound() {
        return Proportions.lowerBound(detected, repetitions);
    }

    /** Returns whether all shares are what they must be. */
    public boolean holds() {
        return falseAlarmRate() <= MOST_FALSE_ALARMS
                && calledEquivalentRate() <= MOST_CALLED_EQUIVALENT
                && (blocks < POWER_FROM || power() >= LEAST_POWER);
    }
}
