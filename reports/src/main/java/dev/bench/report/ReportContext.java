package dev.bench.report;

import dev.bench.analysis.Analysed;
import dev.bench.result.MemoryReading;
import dev.bench.result.ScaleOutTrial;
import java.util.List;
import java.util.function.Function;

/**
 * Holds what a section of a report may read.
 *
 * @param analysed the analysed result
 * @param readings every reading of memory; empty for other measures
 * @param scenario the scenario file as written
 * @param scaleOut every trial of scale-out; none where another measure was taken
 * @param logTail gives the last lines of a log file of the result, or the empty string where there is none
 */
record ReportContext(
        Analysed analysed,
        List<MemoryReading> readings,
        String scenario,
        List<ScaleOutTrial> scaleOut,
        Function<String, String> logTail) {
    ReportContext {
        readings = List.copyOf(readings);
        scaleOut = List.copyOf(scaleOut);
    }
}
