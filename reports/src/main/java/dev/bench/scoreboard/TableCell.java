package dev.bench.scoreboard;

import java.util.List;

/**
 * Holds what is told of one substrate in one line of the table.
 *
 * @param figures what was measured: the one figure, or the least and the most of several, or different words
 * @param between how many figures lie between the least and the most
 * @param reason why there is none; empty where there is one
 */
record TableCell(List<Shown> figures, int between, String reason) {
    TableCell {
        figures = List.copyOf(figures);
    }

    static TableCell empty(String reason) {
        return new TableCell(List.of(), 0, reason);
    }

    /** Returns what stands in place of the figures that are left out; empty where none is. */
    String further() {
        return between == 0 ? "" : "and " + between + " between";
    }

    /**
     * Is one figure.
     *
     * @param words the figure with its unit, or words, not escaped
     * @param emulated whether its processor was emulated
     * @param name whose it is, where there are several; from outside, not escaped
     * @param failures what failed, in words, or the empty string
     * @param entry number of the result that it comes from, from 0
     */
    record Shown(String words, boolean emulated, String name, String failures, int entry) {
        /** Returns all of it in a line. */
        String plain() {
            return words
                    + (emulated ? " (emulated)" : "")
                    + (name.isEmpty() ? "" : " (" + name + ")")
                    + (failures.isEmpty() ? "" : ", " + failures);
        }
    }
}
