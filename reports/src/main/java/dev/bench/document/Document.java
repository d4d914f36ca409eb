package dev.bench.document;

import java.util.List;

/**
 * Holds everything that one output says, for every kind of output.
 *
 * @param tool what wrote it
 * @param eyebrow a line above the title
 * @param title the outcome in one sentence
 * @param warnings what a reader must know; may be empty
 * @param parts in the order in which they stand
 * @param chapters reports below the parts, in the order in which they stand; none where it is one report
 * @param origin what it is made of and by, for the last line
 */
public record Document(
        String tool,
        String eyebrow,
        String title,
        List<String> warnings,
        List<Part> parts,
        List<Chapter> chapters,
        String origin) {
    public Document {
        warnings = List.copyOf(warnings);
        parts = List.copyOf(parts);
        chapters = List.copyOf(chapters);
    }

    /** Returns a document of one report. */
    public static Document of(
            String tool, String eyebrow, String title, List<String> warnings, List<Part> parts, String origin) {
        return new Document(tool, eyebrow, title, warnings, parts, List.of(), origin);
    }

    /** Returns the identifier of a chapter, from 0, for links within the document. */
    public static String chapterId(int number) {
        return "r" + number;
    }
}
