package dev.bench.scoreboard;

import dev.bench.claim.JudgedClaim;
import dev.bench.document.Markdown;
import dev.bench.document.MarkdownPage;
import dev.bench.result.TargetKind;
import dev.bench.view.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Renders a scoreboard as Markdown, with every report folded below it. */
final class ScoreboardMarkdown {
    private ScoreboardMarkdown() {}

    /**
     * Returns the text.
     *
     * @param warnings what a reader must know
     * @param tool version of the tool that writes
     */
    static String render(Scoreboard board, List<String> warnings, String tool) {
        StringBuilder out = new StringBuilder();
        out.append("### ").append(Markdown.escape(board.title())).append("\n\n");
        table(board, out);
        out.append('\n');
        Summary.of(board)
                .forEach(sentence ->
                        out.append("* ").append(Markdown.escape(sentence)).append('\n'));
        out.append("\n| question | scenario |");
        board.columns()
                .forEach(kind -> out.append(' ').append(Scoreboard.name(kind)).append(" |"));
        out.append("\n|---|---|").append("---|".repeat(board.columns().size())).append('\n');
        for (Row row : board.rows()) {
            out.append("| **")
                    .append(row.topic())
                    .append("** ")
                    .append(Markdown.escape(row.question()))
                    .append(" | ")
                    .append(Markdown.escape(row.scenario()))
                    .append(" |");
            for (TargetKind kind : board.columns()) {
                out.append(' ').append(cells(row.cells(kind))).append(" |");
            }
            out.append('\n');
        }
        claims(board, out);
        out.append('\n');
        warnings.forEach(
                warning -> out.append("> ").append(Markdown.escape(warning)).append("\n>\n"));
        for (Entry entry : board.entries()) {
            out.append("\n<details><summary>")
                    .append(Markdown.escape(entry.label()))
                    .append("</summary>\n\n")
                    .append(MarkdownPage.render(entry.pieces().document()))
                    .append("\n</details>\n");
        }
        return out.append("\n<sub>")
                .append(Markdown.escape(tool))
                .append("</sub>\n")
                .toString();
    }

    private static void table(Scoreboard board, StringBuilder out) {
        out.append("| | |");
        board.columns()
                .forEach(kind -> out.append(' ').append(Scoreboard.name(kind)).append(" |"));
        out.append("\n|---|---|").append("---|".repeat(board.columns().size())).append('\n');
        for (TableGroup group : board.table()) {
            String title = group.row().title();
            if (group.lines().isEmpty()) {
                line(title, group.reason(), " – |".repeat(board.columns().size()), out);
            }
            for (TableLine line : group.lines()) {
                StringBuilder cells = new StringBuilder();
                line.cells()
                        .forEach(cell ->
                                cells.append(' ').append(tableCell(cell)).append(" |"));
                line(title, line.words(), cells.toString(), out);
                title = "";
            }
        }
        board.tableNotes()
                .forEach(note -> out.append('\n').append(Markdown.escape(note)).append('\n'));
    }

    private static void line(String title, String words, String cells, StringBuilder out) {
        out.append(title.isEmpty() ? "| | " : "| **" + title + "** | ")
                .append(Markdown.escape(words))
                .append(" |")
                .append(cells)
                .append('\n');
    }

    private static String tableCell(TableCell cell) {
        List<String> lines = new ArrayList<>();
        for (TableCell.Shown shown : cell.figures()) {
            lines.add("**" + Markdown.escape(shown.words()) + "**"
                    + (shown.emulated() ? " (emulated)" : "")
                    + (shown.name().isEmpty() ? "" : " " + Markdown.escape(shown.name()))
                    + (shown.failures().isEmpty() ? "" : ", **" + Markdown.escape(shown.failures()) + "**"));
        }
        Stream.of(cell.further(), cell.reason())
                .filter(words -> !words.isEmpty())
                .forEach(words -> lines.add(Markdown.escape(words)));
        return String.join("<br>", lines);
    }

    private static void claims(Scoreboard board, StringBuilder out) {
        if (board.claims().isEmpty()) {
            return;
        }
        out.append("\n| claim | claimed | measured here | verdict |\n|---|---|---|---|\n");
        for (ClaimRow row : board.claims()) {
            JudgedClaim judged = row.judged();
            out.append("| **")
                    .append(Markdown.escape(judged.claim().name()))
                    .append("** ")
                    .append(Markdown.escape(judged.claim().says()))
                    .append(" | ")
                    .append(Markdown.escape(judged.claimed()))
                    .append(" | ")
                    .append(Markdown.escape(judged.seen().plain()))
                    .append(" | ")
                    .append(Markdown.escape(row.outcome()))
                    .append(" |\n");
        }
    }

    private static String cells(List<Answer> cells) {
        return cells.isEmpty()
                ? "–"
                : cells.stream().map(cell -> cell(cell, cells.size() > 1)).collect(Collectors.joining("<br>"));
    }

    private static String cell(Answer cell, boolean named) {
        List<String> lines = new ArrayList<>();
        lines.add((named ? Markdown.escape(cell.target()) + " " : "") + "**" + Markdown.escape(cell.figure()) + "**"
                + (cell.emulated() ? " (emulated)" : ""));
        if (!cell.against().isEmpty()) {
            lines.add(Markdown.escape(cell.against()));
        }
        cell.notes().forEach(note -> lines.add(Markdown.escape(note)));
        if (!cell.failures().isEmpty()) {
            lines.add("**" + Markdown.escape(cell.failures()) + "**");
        }
        return String.join("<br>", lines);
    }
}
