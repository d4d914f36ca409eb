package dev.bench.jvm;

import org.jspecify.annotations.Nullable;

/** Reports that a session could not go on. */
public final class SessionException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Blame blame;

    /**
     * Creates the exception.
     *
     * @param message what failed and what to try
     * @param blame what it failed of
     * @param cause what lies behind it, or null
     */
    public SessionException(String message, Blame blame, @Nullable Throwable cause) {
        super(message, cause);
        this.blame = blame;
    }

    /** Returns what the session failed of. */
    public Blame blame() {
        return blame;
    }
}
