package dev.bench.report;

import dev.bench.analysis.Analysed;
import java.util.function.Function;

/**
 * Holds what a section of a report may read.
 *
 * @param analysed the analysed result
 * @param scenario the scenario file as written
 * @param logTail gives the last lines of a log file of the result, or the empty string where there is none
 */
record ReportContext(Analysed analysed, String scenario, Function<String, String> logTail) {}
