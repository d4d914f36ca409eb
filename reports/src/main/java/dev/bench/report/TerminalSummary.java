package dev.bench.report;

import dev.bench.analysis.Analysed;
import dev.bench.analysis.Measurand;
import dev.bench.document.Numbers;
import dev.bench.document.PlainText;
import dev.bench.document.TextTable;
import dev.bench.result.Result;
import dev.bench.view.MeasureView;
import dev.bench.view.Names;
import dev.bench.view.Views;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Renders a result for a terminal: a sentence and one table per metric. */
public final class TerminalSummary {
    private TerminalSummary() {}

    /**
     * Returns the text, with a line feed at its end.
     *
     * @param width the columns that tables may take
     */
    public static String render(Analysed analysed, int width) {
        MeasureView view = Views.of(analysed);
        StringBuilder out = new StringBuilder();
        out.append(VerdictSentence.of(analysed)).append("\n\n");
        for (Measurand metric : analysed.metrics()) {
            if (view.isBrief(metric)) {
                out.append(PlainText.printable(metric.title()))
                        .append(" (")
                        .append(metric.definition())
                        .append(")\n");
                table(out, analysed, metric, width);
                analysed.undecided(metric)
                        .forEach(sentence ->
                                out.append(PlainText.printable(sentence)).append('\n'));
                out.append('\n');
            }
        }
        return out.toString();
    }

    private static void table(StringBuilder out, Analysed analysed, Measurand metric, int width) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("target", "median", "95 % CI", "ratio", "95 % CI", "verdict", "n", "failed"));
        for (Result.MetricSummary summary : analysed.result().metrics()) {
            if (!summary.metric().equals(metric.id())) {
                continue;
            }
            Optional<Result.Comparison> comparison = analysed.comparison(metric.id(), summary.target());
            rows.add(List.of(
                    Names.plain(analysed, summary.target()),
                    Numbers.value(summary.median(), metric.unit()),
                    Numbers.interval(summary.ciLow(), summary.ciHigh(), metric.unit()),
                    comparison.map(row -> Numbers.ratio(row.ratio())).orElse("reference"),
                    comparison
                            .map(row -> Numbers.ratioInterval(row.ciLow(), row.ciHigh()))
                            .orElse(Numbers.NONE),
                    comparison.map(Result.Comparison::verdict).orElse(Numbers.NONE),
                    Integer.toString(summary.n()),
                    failed(analysed, summary)));
        }
        out.append(TextTable.render(rows, width));
    }

    /** A target that failed before anything was counted was given up, which a nought alone would hide. */
    private static String failed(Analysed analysed, Result.MetricSummary summary) {
        long discarded = analysed.failedBeforeMeasuring(summary.target());
        return summary.failures() + (summary.n() == 0 && discarded > 0 ? ", " + discarded + " discarded" : "");
    }
}
