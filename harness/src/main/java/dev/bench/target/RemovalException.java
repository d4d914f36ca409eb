package dev.bench.target;

import org.jspecify.annotations.Nullable;

/** Reports that an engine does not remove an instance: what runs on cannot be measured beside, so its target is lost. */
public final class RemovalException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what was not removed and why, and what to try next, as sentences
     * @param cause what lies behind it, or null
     */
    public RemovalException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
