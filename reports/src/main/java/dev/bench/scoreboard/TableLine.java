package dev.bench.scoreboard;

import java.util.List;

/**
 * Holds one line of the table.
 *
 * @param words what it tells of its row; empty where the row says it
 * @param cells one a substrate, in the order of the columns
 */
record TableLine(String words, List<TableCell> cells) {
    TableLine {
        cells = List.copyOf(cells);
    }
}
