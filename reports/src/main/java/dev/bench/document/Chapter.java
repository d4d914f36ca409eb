package dev.bench.document;

import java.util.List;

/**
 * Holds a report of its own within a document that holds several.
 *
 * @param title the heading
 * @param sentence the outcome
 * @param warnings what a reader must know; may be empty
 * @param parts in the order in which they stand
 */
public record Chapter(String title, String sentence, List<String> warnings, List<Part> parts) {
    public Chapter {
        warnings = List.copyOf(warnings);
        parts = List.copyOf(parts);
    }
}
