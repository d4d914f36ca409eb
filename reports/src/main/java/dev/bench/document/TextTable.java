package dev.bench.document;

import java.util.Arrays;
import java.util.List;

/** Sets rows in columns for a terminal. */
public final class TextTable {
    private TextTable() {}

    /** Returns the rows in columns, however wide; see {@link #render(List, int)}. */
    public static String render(List<List<String>> rows) {
        return render(rows, Integer.MAX_VALUE);
    }

    /**
     * Returns the rows, each with a line feed at its end; all have as many cells as the first, which is the head.
     *
     * @param width the columns there are; where they do not suffice a row becomes a block with a line per cell
     */
    public static String render(List<List<String>> rows, int width) {
        List<List<String>> cells = rows.stream()
                .map(row -> row.stream().map(PlainText::printable).toList())
                .toList();
        int[] widths = widths(cells);
        if (columns(widths) > width) {
            return blocks(cells);
        }
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

    /** Returns whether the rows stand side by side in a terminal of so many columns. */
    public static boolean fits(List<List<String>> rows, int width) {
        return columns(widths(rows)) <= width;
    }

    private static int[] widths(List<List<String>> rows) {
        int[] widths = new int[rows.get(0).size()];
        rows.forEach(row -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        return widths;
    }

    private static int columns(int[] widths) {
        return Arrays.stream(widths).sum() + 2 * widths.length;
    }

    private static String blocks(List<List<String>> cells) {
        List<String> head = cells.get(0);
        StringBuilder out = new StringBuilder();
        for (List<String> row : cells.subList(1, cells.size())) {
            out.append("  ").append(row.get(0)).append('\n');
            for (int i = 1; i < head.size(); i++) {
                if (!row.get(i).isEmpty()) {
                    String name = head.get(i).isEmpty() ? "" : head.get(i) + ": ";
                    out.append("    ").append(name).append(row.get(i)).append('\n');
                }
            }
        }
        return out.toString();
    }
}
