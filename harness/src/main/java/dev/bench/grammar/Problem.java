package dev.bench.grammar;

/**
 * Tells of one fault of a scenario file.
 *
 * @param line line, from 1
 * @param column column, from 1
 * @param key dotted path of the key; empty for the file as a whole
 * @param message what is wrong, and what is accepted
 */
public record Problem(int line, int column, String key, String message) {
    /** Characters of a message, or of a key, that are shown; what is accepted stands at the end of one. */
    private static final int SHOWN_BEGIN = 700;

    private static final int SHOWN_END = 400;

    /** Returns {@code file:line:column: key: message}; what a file has in excess of a page is left out of the middle. */
    public String describe(String file) {
        return file + ":" + line + ":" + column + ": " + (key.isEmpty() ? "" : shortened(key) + ": ")
                + shortened(message);
    }

    private static String shortened(String text) {
        return text.length() <= SHOWN_BEGIN + SHOWN_END
                ? text
                : text.substring(0, SHOWN_BEGIN) + " [...] " + text.substring(text.length() - SHOWN_END);
    }
}
