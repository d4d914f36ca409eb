package dev.bench.view;

import dev.bench.analysis.Analysed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Holds what a section of a report may read.
 *
 * @param analysed the analysed result
 * @param view shows the result's measure
 * @param details what was recorded beside the launches, in the order of recording
 * @param scenario the scenario file as written
 * @param logTail gives the last lines of a log file of the result, or the empty string where there is none
 */
public record ReportContext(
        Analysed analysed, MeasureView view, List<?> details, String scenario, Function<String, String> logTail) {
    public ReportContext {
        details = List.copyOf(details);
    }

    /**
     * Groups the detail records of a kind by target, in the order of the targets; those of discarded blocks, and targets
     * without any other, are left out.
     *
     * @param target gives the name of a record's target, or of its A/A copy
     * @param discarded tells the records of discarded blocks
     */
    public <T> Map<String, List<T>> measured(Class<T> kind, Function<T, String> target, Predicate<T> discarded) {
        Map<String, List<T>> groups = new LinkedHashMap<>();
        analysed.result().targets().forEach(known -> groups.put(known.name(), new ArrayList<>()));
        details(kind).stream()
                .filter(discarded.negate())
                .forEach(record -> groups.computeIfAbsent(target.apply(record), name -> new ArrayList<>())
                        .add(record));
        groups.values().removeIf(List::isEmpty);
        return groups;
    }

    /** Returns the detail records of a kind, in the order of recording. */
    public <T> List<T> details(Class<T> kind) {
        return details.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
