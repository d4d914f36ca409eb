package dev.bench.compare.render;

import dev.bench.compare.Compared;
import dev.bench.compare.ComparisonReport;
import dev.bench.compare.Difference;
import dev.bench.compare.Outcome;
import dev.bench.compare.Whole;
import dev.bench.document.Markdown;
import java.util.List;

/** Renders a comparison short enough for a comment on a pull request. */
public final class MarkdownComparison {
    private MarkdownComparison() {}

    /** Returns the Markdown, with a line feed at its end. */
    public static String render(ComparisonReport report) {
        StringBuilder out = new StringBuilder();
        out.append("### ").append(Markdown.escape(report.sentence())).append("\n\n");
        row(out, Cells.HEAD);
        out.append("|---|---|---|---:|---:|---:|---:|---:|---:|---:|\n");
        report.rows().forEach(compared -> row(out, Cells.of(compared)));
        out.append('\n');
        for (Compared compared : report.rows()) {
            if (compared.outcome() == Outcome.INCONCLUSIVE) {
                out.append("- ")
                        .append(Markdown.escape(Cells.sentence(compared)))
                        .append('\n');
            }
        }
        Whole whole = report.whole();
        if (whole != null) {
            out.append("- all together: ")
                    .append(Markdown.escape(Cells.sentence(whole)))
                    .append('\n');
        }
        report.failures()
                .forEach(change -> out.append("- ")
                        .append(Markdown.escape(Cells.sentence(change)))
                        .append('\n'));
        report.limits()
                .forEach(check -> out.append("- ")
                        .append(Markdown.escape(Cells.sentence(check)))
                        .append('\n'));
        out.append('\n');
        if (!report.differences().isEmpty()) {
            out.append("<details><summary>Different beside the figures: ")
                    .append(report.differences().size())
                    .append("</summary>\n\n");
            row(out, List.of("of", "what", "BASE", "HEAD", "decides"));
            out.append("|---|---|---|---|---|\n");
            for (Difference difference : report.differences()) {
                row(
                        out,
                        List.of(
                                difference.scope().words(),
                                difference.name(),
                                difference.base(),
                                difference.head(),
                                difference.decisive() ? "yes" : "no"));
            }
            out.append("\n</details>\n\n");
        }
        report.notes()
                .forEach(note -> out.append("> ").append(Markdown.escape(note)).append("\n>\n"));
        out.append("\n<sub>")
                .append(Markdown.escape(
                        report.base().id() + ", " + report.base().tool() + "; "
                                + report.head().id() + ", " + report.head().tool()))
                .append("</sub>\n");
        return out.toString();
    }

    private static void row(StringBuilder out, List<String> cells) {
        cells.forEach(cell -> out.append("| ").append(Markdown.escape(cell)).append(' '));
        out.append("|\n");
    }
}
