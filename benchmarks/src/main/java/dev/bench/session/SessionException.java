package dev.bench.session;

import org.jspecify.annotations.Nullable;

/** Reports that a session could not go on. */
public final class SessionException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean target;

    /**
     * Creates the exception.
     *
     * @param message what failed and what to try
     * @param target whether a target is to blame, rather than the tool itself
     * @param cause what lies behind it, or null
     */
    public SessionException(String message, boolean target, @Nullable Throwable cause) {
        super(message, cause);
        this.target = target;
    }

    /** Returns whether a target is to blame. */
    public boolean isTarget() {
        return target;
    }
}
