package dev.bench.report;

import dev.bench.analysis.Analysed;
import dev.bench.document.Document;
import dev.bench.view.ReportContext;

/**
 * Holds the report of one result for a document that shows several.
 *
 * @param context the analysed result with what was recorded beside its launches
 * @param document all that is said of it
 */
public record ReportPieces(ReportContext context, Document document) {
    /** Returns the analysed result. */
    public Analysed analysed() {
        return context.analysed();
    }
}
