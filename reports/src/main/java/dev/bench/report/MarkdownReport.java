package dev.bench.report;

import dev.bench.analysis.Analysed;
import dev.bench.analysis.Measurand;
import dev.bench.document.Markdown;
import dev.bench.document.Numbers;
import dev.bench.result.Result;
import dev.bench.view.Names;
import java.util.Optional;

/** Renders a report short enough for a comment on a pull request. */
final class MarkdownReport {
    private MarkdownReport() {}

    static String render(Analysed analysed) {
        Result result = analysed.result();
        StringBuilder out = new StringBuilder();
        out.append("### ").append(Markdown.escape(VerdictSentence.of(analysed))).append("\n\n");
        for (Measurand metric : analysed.metrics()) {
            out.append("**")
                    .append(Markdown.escape(metric.title()))
                    .append("**, ")
                    .append(Markdown.escape(metric.definition()))
                    .append("\n\n");
            out.append("| target | median | 95 % CI | ratio | 95 % CI | verdict | n | failed |\n");
            out.append("|---|---:|---:|---:|---:|---|---:|---:|\n");
            for (Result.MetricSummary summary : result.metrics()) {
                if (summary.metric().equals(metric.id())) {
                    row(out, analysed, metric, summary);
                }
            }
            out.append('\n');
            // The headline's stand among the warnings.
            if (!metric.equals(analysed.headline())) {
                analysed.undecided(metric)
                        .forEach(sentence ->
                                out.append(Markdown.escape(sentence)).append("\n\n"));
            }
        }
        for (String warning : Warnings.of(analysed)) {
            out.append("> ").append(Markdown.escape(warning)).append("\n>\n");
        }
        differences(out, analysed);
        out.append("\n<sub>")
                .append(Markdown.escape(result.id() + ", " + result.tool()))
                .append("</sub>\n");
        return out.toString();
    }

    private static void differences(StringBuilder out, Analysed analysed) {
        IdentityDifferences differences = IdentityDifferences.of(analysed.result());
        if (differences.targets().size() < 2 || differences.differing().isEmpty()) {
            return;
        }
        out.append("\n<details><summary>What was not alike inside the targets</summary>\n\n| |");
        differences
                .targets()
                .forEach(target -> out.append(' ')
                        .append(Markdown.escape(Names.plain(analysed, target.name())))
                        .append(" |"));
        out.append(" because |\n|---|")
                .append("---|".repeat(differences.targets().size() + 1))
                .append('\n');
        for (IdentityDifferences.Row row : differences.differing()) {
            out.append("| ").append(Markdown.escape(row.name())).append(" |");
            row.values()
                    .forEach(value -> out.append(' ')
                            .append(Markdown.escape(value.replace("\n", ", ")))
                            .append(" |"));
            out.append(' ').append(Markdown.escape(row.reason())).append(" |\n");
        }
        out.append("\n</details>\n");
    }

    private static void row(StringBuilder out, Analysed analysed, Measurand metric, Result.MetricSummary summary) {
        Optional<Result.Comparison> comparison = analysed.comparison(metric.id(), summary.target());
        out.append("| ")
                .append(Markdown.escape(Names.plain(analysed, summary.target())))
                .append(" | ")
                .append(Numbers.value(summary.median(), metric.unit()))
                .append(" | ")
                .append(Numbers.interval(summary.ciLow(), summary.ciHigh(), metric.unit()))
                .append(" | ")
                .append(comparison.map(row -> Numbers.ratio(row.ratio())).orElse("reference"))
                .append(" | ")
                .append(comparison
                        .map(row -> Numbers.ratioInterval(row.ciLow(), row.ciHigh()))
                        .orElse(Numbers.NONE))
                .append(" | ")
                .append(comparison.map(Result.Comparison::verdict).orElse(Numbers.NONE))
                .append(" | ")
                .append(summary.n())
                .append(" | ")
                .append(summary.failures())
                .append(" |\n");
    }
}
