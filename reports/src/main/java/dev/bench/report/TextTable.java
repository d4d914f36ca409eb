package dev.bench.report;

import java.util.List;

/** Sets rows in columns for a terminal. */
public final class TextTable {
    private TextTable() {}

    /** Returns the rows, each with a line feed at its end; all have as many cells as the first, which is the head. */
    public static String render(List<List<String>> rows) {
        List<List<String>> cells = rows.stream()
                .map(row -> row.stream().map(PlainText::printable).toList())
                .toList();
        int[] widths = new int[rows.get(0).size()];
        cells.forEach(row -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        StringBuilder out = new StringBuilder();
        for (List<String> row : cells) {
            StringBuilder line = new StringBuilder("  ");
            for (int i = 0; i < widths.length; i++) {
                line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
            }
            out.append(line.toString().stripTrailing()).append('\n');
        }
        return out.toString();
    }
}
