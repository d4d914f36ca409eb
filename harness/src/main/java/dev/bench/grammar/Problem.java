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
    /** Returns {@code file:line:column: key: message}. */
    public String describe(String file) {
        return file + ":" + line + ":" + column + ": " + (key.isEmpty() ? "" : key + ": ") + message;
    }
}
