package dev.bench.scoreboard;

import dev.bench.view.TableRow;
import java.util.List;

/**
 * Holds one row of the table.
 *
 * @param row the row
 * @param lines what is told of it; empty where nothing is, of any substrate, for one reason
 * @param reason that reason; empty where there are lines
 */
record TableGroup(TableRow row, List<TableLine> lines, String reason) {
    TableGroup {
        lines = List.copyOf(lines);
    }
}
