package dev.bench.scoreboard;

import dev.bench.claim.JudgedClaim;
import dev.bench.document.TextTable;
import dev.bench.result.TargetKind;
import dev.bench.view.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Renders a scoreboard for a terminal. */
final class ScoreboardText {
    private ScoreboardText() {}

    /**
     * Returns the text, with a line feed at its end.
     *
     * @param width columns of the terminal
     */
    static String render(Scoreboard board, int width) {
        List<List<String>> rows = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of("question", "scenario"));
        board.columns().forEach(kind -> head.add(Scoreboard.name(kind)));
        rows.add(head);
        for (Row row : board.rows()) {
            List<String> cells = new ArrayList<>();
            cells.add(row.question());
            cells.add(row.scenario());
            for (TargetKind kind : board.columns()) {
                cells.add(cells(row.cells(kind)));
            }
            rows.add(cells);
        }
        return board.title() + "\n\n"
                + table(board, width)
                + "\n"
                + TextTable.render(TextTable.fits(rows, width) ? withoutRepetition(rows) : rows, width)
                + claims(board, width);
    }

    private static String table(Scoreboard board, int width) {
        List<List<String>> rows = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of("the table", ""));
        board.columns().forEach(kind -> head.add(Scoreboard.name(kind)));
        rows.add(head);
        List<String> missing = new ArrayList<>();
        for (TableGroup group : board.table()) {
            String title = group.row().title();
            if (group.lines().isEmpty()) {
                missing.add(title + ": empty, " + group.reason() + "\n");
            }
            for (TableLine line : group.lines()) {
                List<String> cells = new ArrayList<>(List.of(title, line.words()));
                line.cells().forEach(cell -> cells.add(tableCell(cell)));
                rows.add(cells);
            }
        }
        String notes = board.tableNotes().stream()
                .skip(1)
                .map(note -> "  " + note + "\n")
                .collect(Collectors.joining());
        return TextTable.render(TextTable.fits(rows, width) ? withoutRepetition(rows) : rows, width)
                + missing.stream().map(line -> "  " + line).collect(Collectors.joining())
                + notes;
    }

    private static String tableCell(TableCell cell) {
        return Stream.concat(
                        cell.figures().stream().map(TableCell.Shown::plain),
                        Stream.of(cell.further(), cell.reason()).filter(words -> !words.isEmpty()))
                .collect(Collectors.joining("; "));
    }

    private static String claims(Scoreboard board, int width) {
        if (board.claims().isEmpty()) {
            return "";
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("claim", "claimed", "measured here", "verdict"));
        for (ClaimRow row : board.claims()) {
            JudgedClaim judged = row.judged();
            rows.add(List.of(
                    judged.claim().name(), judged.claimed(), judged.seen().plain(), row.outcome()));
        }
        return "\nClaims put to the test\n\n" + TextTable.render(rows, width);
    }

    /** Leaves a question out that stands above already; where every row is a block of its own, it has to be there. */
    private static List<List<String>> withoutRepetition(List<List<String>> rows) {
        List<List<String>> shown = new ArrayList<>();
        String before = "";
        for (List<String> row : rows) {
            List<String> cells = new ArrayList<>(row);
            if (row.get(0).equals(before)) {
                cells.set(0, "");
            }
            shown.add(cells);
            before = row.get(0);
        }
        return shown;
    }

    private static String cells(List<Answer> cells) {
        return cells.isEmpty()
                ? "–"
                : cells.stream().map(cell -> cell(cell, cells.size() > 1)).collect(Collectors.joining("; "));
    }

    private static String cell(Answer cell, boolean named) {
        return (named ? cell.target() + " " : "")
                + cell.figure()
                + (cell.emulated() ? " (emulated)" : "")
                + (cell.against().isEmpty() || cell.isReference() ? "" : ", " + cell.against())
                + (cell.failures().isEmpty() ? "" : ", " + cell.failures());
    }
}
