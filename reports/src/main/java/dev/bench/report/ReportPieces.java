package dev.bench.report;

import dev.bench.analysis.Analysed;
import dev.bench.result.ScaleOutTrial;
import java.util.List;

/**
 * Holds the report of one result in pieces, for a page that shows several.
 *
 * @param analysed the analysed result
 * @param scaleOut every trial of scale-out; none where another measure was taken
 * @param sentence the outcome in one sentence, plain text
 * @param parts the sections of the HTML report that have something to show
 * @param markdown the Markdown report
 */
public record ReportPieces(
        Analysed analysed, List<ScaleOutTrial> scaleOut, String sentence, List<HtmlPage.Part> parts, String markdown) {
    public ReportPieces {
        scaleOut = List.copyOf(scaleOut);
        parts = List.copyOf(parts);
    }
}
