package dev.bench.scoreboard;

import dev.bench.analysis.HostClass;
import dev.bench.document.Html;
import dev.bench.document.HtmlPage;
import dev.bench.result.Count;
import dev.bench.result.Result;
import dev.bench.result.TargetKind;
import dev.bench.view.Answer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Renders a scoreboard with every report below it as one HTML file that needs no network and no script. */
final class ScoreboardHtml {
    private final Scoreboard board;

    private ScoreboardHtml(Scoreboard board) {
        this.board = board;
    }

    /**
     * Returns the page.
     *
     * @param warnings what a reader must know
     * @param tool version of the tool that writes
     */
    static String render(Scoreboard board, List<String> warnings, String tool) {
        ScoreboardHtml html = new ScoreboardHtml(board);
        List<HtmlPage.Chapter> chapters = board.entries().stream()
                .map(entry -> new HtmlPage.Chapter(
                        entry.label(),
                        entry.pieces().sentence(),
                        entry.pieces().warnings(),
                        entry.pieces().parts()))
                .toList();
        return HtmlPage.render(
                tool,
                "bench · scoreboard · " + Count.of(board.entries().size(), "scenario") + " · " + board.startedAt(),
                board.title(),
                warnings,
                List.of(
                        new HtmlPage.Part("Scoreboard", html.scoreboard()),
                        new HtmlPage.Part("Results", html.results())),
                chapters);
    }

    private String scoreboard() {
        Html html = new Html();
        List<String> sentences = Summary.of(board);
        if (!sentences.isEmpty()) {
            html.raw("<ul class=\"summary\">");
            sentences.forEach(sentence -> html.element("li", sentence));
            html.raw("</ul>");
        }
        html.raw("<table class=\"board\"><thead><tr><th scope=\"col\">scenario</th>");
        board.columns()
                .forEach(kind -> html.raw("<th scope=\"col\">")
                        .text(Scoreboard.name(kind))
                        .raw("</th>"));
        html.raw("</tr></thead>");
        for (int i = 0; i < board.rows().size(); i++) {
            row(html, board.rows().get(i), i == 0 ? null : board.rows().get(i - 1));
        }
        html.raw(board.rows().isEmpty() ? "</table>" : "</tbody></table>")
                .raw("<p class=\"note\">")
                .text("Medians; below each the ratio to the scenario's reference with its 95 % interval. Every figure"
                        + " leads to the report it comes from.")
                .raw("</p>");
        return html.toString();
    }

    private void row(Html html, Row row, @Nullable Row before) {
        if (before == null || !before.question().equals(row.question())) {
            html.raw(before == null ? "" : "</tbody>");
            html.raw("<tbody><tr class=\"question\"><th scope=\"rowgroup\" colspan=\""
                    + (board.columns().size() + 1) + "\">");
            if (before == null || !before.topic().equals(row.topic())) {
                html.raw("<span class=\"topic\">").text(row.topic()).raw("</span> ");
            }
            html.text(row.question()).raw(" <small>").text(row.scale()).raw("</small></th></tr>");
        }
        html.raw("<tr><th scope=\"row\">")
                .raw(link(row, Html.escape(row.scenario())))
                .raw("</th>");
        for (TargetKind kind : board.columns()) {
            List<Answer> cells = row.cells(kind);
            html.raw("<td>");
            if (cells.isEmpty()) {
                html.text("–");
            }
            cells.forEach(cell -> cell(html, row, cell, cells.size() > 1));
            html.raw("</td>");
        }
        html.raw("</tr>");
    }

    private static void cell(Html html, Row row, Answer cell, boolean named) {
        html.raw("<div>");
        if (named) {
            html.raw("<small>").text(cell.target()).raw("</small> ");
        }
        html.raw(link(row, "<strong>" + Html.escape(cell.figure()) + "</strong>"));
        if (cell.emulated()) {
            html.raw(" <span class=\"badge\">emulated</span>");
        }
        if (!cell.against().isEmpty()) {
            html.raw("<br>").text(cell.against());
        }
        cell.notes().forEach(note -> html.raw("<br><small>").text(note).raw("</small>"));
        if (!cell.failures().isEmpty()) {
            html.raw("<br><span class=\"bad\">").text(cell.failures()).raw("</span>");
        }
        html.raw("</div>");
    }

    private static String link(Row row, String markup) {
        return link(row.entry(), markup);
    }

    private static String link(int entry, String markup) {
        return "<a href=\"#" + HtmlPage.chapterId(entry) + "\">" + markup + "</a>";
    }

    private String results() {
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < board.entries().size(); i++) {
            Entry entry = board.entries().get(i);
            Result result = entry.result();
            long failed = entry.analysed().launches().stream()
                    .filter(launch -> !launch.ok())
                    .count();
            rows.add(List.of(
                    link(i, Html.escape(entry.label())),
                    Html.escape(result.scenario().measure()),
                    wrapped(result.workload().image()),
                    Integer.toString(result.plan().sessions() * result.plan().blocks()),
                    failed == 0 ? "0" : "<span class=\"bad\">" + failed + "</span>",
                    wrapped(HostClass.of(result.host()).words()),
                    wrapped(result.id())));
        }
        return new Html()
                .table(
                        "",
                        List.of("scenario", "measures", "image", "blocks", "failed launches", "host", "result"),
                        rows)
                .toString();
    }

    private static String wrapped(String text) {
        return "<span class=\"wrap\">" + Html.escape(text) + "</span>";
    }
}
