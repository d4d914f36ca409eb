package dev.bench.compare.render;

import dev.bench.compare.Compared;
import dev.bench.compare.ComparisonReport;
import dev.bench.compare.Difference;
import dev.bench.compare.Outcome;
import dev.bench.compare.Whole;
import dev.bench.document.PlainText;
import dev.bench.document.TextTable;
import java.util.ArrayList;
import java.util.List;

/** Renders a comparison for a terminal. */
public final class TerminalComparison {
    private TerminalComparison() {}

    /** Returns the text with tables as wide as they are; see {@link #render(ComparisonReport, int)}. */
    public static String render(ComparisonReport report) {
        return render(report, Integer.MAX_VALUE);
    }

    /**
     * Returns the text, with a line feed at its end; no line begins with a word from outside.
     *
     * @param width the columns that tables may take
     */
    public static String render(ComparisonReport report, int width) {
        StringBuilder out = new StringBuilder();
        out.append("verdict: ").append(PlainText.printable(report.sentence())).append("\n\n");
        List<List<String>> rows = new ArrayList<>(List.of(Cells.HEAD));
        report.rows().forEach(row -> rows.add(Cells.of(row)));
        out.append(TextTable.render(rows, width));
        for (Compared row : report.rows()) {
            if (row.outcome() == Outcome.INCONCLUSIVE) {
                line(out, "inconclusive: ", Cells.sentence(row));
            }
        }
        Whole whole = report.whole();
        if (whole != null) {
            line(out, "all together: ", Cells.sentence(whole));
        }
        report.failures().forEach(change -> line(out, "failures: ", Cells.sentence(change)));
        report.limits().forEach(check -> line(out, "limit: ", Cells.sentence(check)));
        if (!report.differences().isEmpty()) {
            out.append("\nDifferent beside the figures (! decides):\n");
            List<List<String>> differences = new ArrayList<>(List.of(List.of("", "of", "what", "BASE", "HEAD")));
            for (Difference difference : report.differences()) {
                differences.add(List.of(
                        difference.decisive() ? "!" : "-",
                        difference.scope().words(),
                        difference.name(),
                        shortened(difference.base()),
                        shortened(difference.head())));
            }
            out.append(TextTable.render(differences, width));
        }
        if (!report.notes().isEmpty()) {
            out.append('\n');
            report.notes().forEach(note -> line(out, "note: ", note));
        }
        return out.toString();
    }

    private static void line(StringBuilder out, String prefix, String text) {
        out.append(prefix).append(PlainText.printable(text)).append('\n');
    }

    private static String shortened(String value) {
        return value.length() <= 40 ? value : value.substring(0, 39) + "…";
    }
}
