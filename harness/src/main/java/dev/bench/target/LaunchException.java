package dev.bench.target;

import org.jspecify.annotations.Nullable;

/** Reports that one launch failed; the target itself may still work. */
public class LaunchException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String kind;

    /**
     * Creates the exception.
     *
     * @param kind a stable word to group by: {@code timeout}, {@code exited}, {@code engine}, {@code interrupted}
     * @param message what failed and what to try
     * @param cause what lies behind it, or null
     */
    public LaunchException(String kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** Returns the word to group by. */
    public String kind() {
        return kind;
    }
}
