package dev.bench.scenario;

import dev.bench.result.Bound;
import dev.bench.result.SortedMaps;
import java.util.Map;

/**
 * Says how a scenario judges as a gate, as written.
 *
 * @param baseline what the targets are held against; may be empty, for the command line to name
 * @param budgets change that is accepted as a fraction, by the id of a metric
 * @param limits limits of the median, by the id of a metric, in its unit
 */
public record GateSpec(Baseline baseline, Map<String, Double> budgets, Map<String, Bound> limits) {
    public GateSpec {
        budgets = SortedMaps.copyOf(budgets);
        limits = SortedMaps.copyOf(limits);
    }

    /** Returns a gate of which a scenario says nothing. */
    public static GateSpec none() {
        return new GateSpec(Baseline.none(), Map.of(), Map.of());
    }
}
