package dev.bench.document;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Heads a column of a table.
 *
 * @param title what stands above it on a page
 * @param brief what stands above it where there is little room, or null where the column is left out there
 * @param numeric whether it holds numbers
 */
public record Column(String title, @Nullable String brief, boolean numeric) {
    /** Returns a column of text. */
    public static Column text(String title) {
        return new Column(title, title, false);
    }

    /** Returns a column of numbers. */
    public static Column number(String title) {
        return new Column(title, title, true);
    }

    /** Returns a column of numbers that only a page shows. */
    public static Column further(String title) {
        return new Column(title, null, true);
    }

    /** Returns columns of text. */
    public static List<Column> texts(String... titles) {
        return texts(Arrays.asList(titles));
    }

    /** Returns columns of text. */
    public static List<Column> texts(List<String> titles) {
        return titles.stream().map(Column::text).toList();
    }
}
