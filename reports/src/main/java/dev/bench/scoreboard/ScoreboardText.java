package dev.bench.scoreboard;

import dev.bench.document.TextTable;
import dev.bench.result.TargetKind;
import dev.bench.view.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Renders a scoreboard for a terminal. */
final class ScoreboardText {
    private ScoreboardText() {}

    /** Returns the text, with a line feed at its end. */
    static String render(Scoreboard board) {
        List<List<String>> rows = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of("question", "scenario"));
        board.columns().forEach(kind -> head.add(Scoreboard.name(kind)));
        rows.add(head);
        String before = "";
        for (Row row : board.rows()) {
            List<String> cells = new ArrayList<>();
            cells.add(row.question().equals(before) ? "" : row.question());
            cells.add(row.scenario());
            for (TargetKind kind : board.columns()) {
                cells.add(cells(row.cells(kind)));
            }
            rows.add(cells);
            before = row.question();
        }
        return board.title() + "\n\n" + TextTable.render(rows);
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
