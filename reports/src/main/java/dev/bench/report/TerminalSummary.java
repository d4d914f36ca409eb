package dev.bench.report;

import dev.bench.analysis.Analysed;
import dev.bench.document.TerminalPage;

/** Renders a result for a terminal: a sentence and one table per metric. */
public final class TerminalSummary {
    private TerminalSummary() {}

    /**
     * Returns the text, with a line feed at its end.
     *
     * @param width the columns that tables may take
     */
    public static String render(Analysed analysed, int width) {
        return TerminalPage.render(ReportDocument.brief(analysed), width);
    }
}
