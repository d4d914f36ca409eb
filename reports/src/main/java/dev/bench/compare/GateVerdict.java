package dev.bench.compare;

import dev.bench.analysis.Shift;
import java.util.List;

/**
 * Holds what a gate found of one comparison.
 *
 * @param subject what was judged
 * @param shift how far the candidate lies from the baseline over all sessions
 * @param adjustedP p-value after Holm's correction over all comparisons of the gate
 * @param sessionEstimates estimate of the logarithm of candidate / baseline in each session by itself
 * @param outcome the verdict
 */
public record GateVerdict(
        GateCase subject, Shift shift, double adjustedP, List<Double> sessionEstimates, Outcome outcome) {
    public GateVerdict {
        sessionEstimates = List.copyOf(sessionEstimates);
    }
}
