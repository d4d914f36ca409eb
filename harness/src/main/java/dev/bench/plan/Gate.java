package dev.bench.plan;

import dev.bench.result.Bound;
import dev.bench.result.SortedMaps;
import dev.bench.workload.ImageSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Says what a run that is a gate judges, and by what.
 *
 * @param baseline how the baselines differ from what is judged, in words
 * @param baselines name of each target judged to that of its baseline, both of which are targets of the plan
 * @param image where the baselines' image comes from, or null where it is the same
 * @param budgets change that is accepted as a fraction, by the id of a metric
 * @param limits limits of the median, by the id of a metric
 * @param notes what a reader of the verdict must know
 */
public record Gate(
        String baseline,
        Map<String, String> baselines,
        @Nullable ImageSource image,
        Map<String, Double> budgets,
        Map<String, Bound> limits,
        List<String> notes) {
    /** What the name of a baseline is made of: the target's name and this, which no scenario can write. */
    public static final String BASELINE_SUFFIX = " (baseline)";

    public Gate {
        baselines = Collections.unmodifiableMap(new LinkedHashMap<>(baselines));
        budgets = SortedMaps.copyOf(budgets);
        limits = SortedMaps.copyOf(limits);
        notes = List.copyOf(notes);
    }
}
