package dev.bench.view;

import dev.bench.analysis.Analysed;
import java.util.List;
import java.util.function.Function;

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

    /** Returns the detail records of a kind, in the order of recording. */
    public <T> List<T> details(Class<T> kind) {
        return details.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
