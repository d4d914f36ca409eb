package dev.bench.compare;

import dev.bench.analysis.Margin;
import dev.bench.result.Metric;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holds one comparison of a gate: a candidate against its baseline, both launched in the same blocks.
 *
 * @param measure name of what is measured
 * @param target name of the target
 * @param better which direction is an improvement, or null where that is not known
 * @param sessions for each session the natural logarithms of candidate / baseline, one per block
 * @param margin which difference counts, and which can be told from noise
 */
public record GateCase(
        String measure, String target, Metric.@Nullable Better better, List<List<Double>> sessions, Margin margin) {
    public GateCase {
        sessions = sessions.stream().map(List::copyOf).toList();
    }

    /** Returns the logarithms of all sessions. */
    double[] logRatios() {
        return sessions.stream()
                .flatMap(List::stream)
                .mapToDouble(Double::doubleValue)
                .toArray();
    }
}
