package dev.bench.verify;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Notes which figures have a row in one place, so that a row that was taken out or put in twice is found too. Not safe for use
 * by several threads.
 */
final class Rows {
    private final String where;
    private final Set<Key> seen = new LinkedHashSet<>();
    private final List<String> faults = new ArrayList<>();

    /**
     * Begins without a row.
     *
     * @param where the place, in words before the name of a metric
     */
    Rows(String where) {
        this.where = where;
    }

    /**
     * Names what a row is about.
     *
     * @param metric stored name of the metric
     * @param target name of the target
     */
    record Key(String metric, String target) {}

    void add(String metric, String target) {
        if (!seen.add(new Key(metric, target))) {
            faults.add(where + metric + " of " + target + " stands there twice");
        }
    }

    /** Returns what has a row, each once. */
    List<Key> all() {
        return List.copyOf(seen);
    }

    /** Takes a row that is not there for a fault. */
    void require(List<Key> rows) {
        rows.stream()
                .distinct()
                .filter(row -> !seen.contains(row))
                .forEach(row -> faults.add(
                        where + row.metric() + " of " + row.target() + " is missing, and the raw launches give it"));
    }

    /** Returns what is wrong with the rows, a sentence each. */
    List<String> faults() {
        return List.copyOf(faults);
    }
}
