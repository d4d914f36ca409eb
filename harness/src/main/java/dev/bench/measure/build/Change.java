package dev.bench.measure.build;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Is one change to a build's files.
 *
 * @param name what the scenario calls it
 * @param kind what is done to the file
 * @param file the file, relative to the directory of the Dockerfile
 * @param text what is appended; empty for any other kind
 * @param with the file whose content takes the place of the other's, absolute; null for any other kind
 */
public record Change(
        String name,
        Kind kind,
        String file,
        String text,
        @Nullable Path with) {
    /** Returns it as a line of a plan. */
    String describe() {
        return switch (kind) {
            case APPEND -> name + ": " + file + " gets " + text.length() + " more characters";
            case REPLACE -> name + ": " + file + " becomes " + with;
            case TOUCH -> name + ": " + file + " gets another time";
        };
    }

    /** Says what is done to a file. */
    public enum Kind {
        /** Text is added at its end. */
        APPEND,
        /** Another file's content takes the place of its own. */
        REPLACE,
        /** Its time of modification becomes another, and nothing else. */
        TOUCH
    }
}
