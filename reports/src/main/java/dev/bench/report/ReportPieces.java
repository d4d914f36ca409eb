package dev.bench.report;

import dev.bench.analysis.Analysed;
import dev.bench.document.HtmlPage;
import dev.bench.view.ReportContext;
import java.util.List;

/**
 * Holds the report of one result in pieces, for a page that shows several.
 *
 * @param context the analysed result with what was recorded beside its launches
 * @param sentence the outcome in one sentence, plain text
 * @param warnings what a reader must know, plain text
 * @param parts the sections of the HTML report that have something to show
 * @param markdown the Markdown report
 */
public record ReportPieces(
        ReportContext context, String sentence, List<String> warnings, List<HtmlPage.Part> parts, String markdown) {
    public ReportPieces {
        warnings = List.copyOf(warnings);
        parts = List.copyOf(parts);
    }

    /** Returns the analysed result. */
    public Analysed analysed() {
        return context.analysed();
    }
}
