package dev.bench.target;

import org.jspecify.annotations.Nullable;

/** Reports that the lab cannot be used: what failed and what to try. */
public final class LabException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Creates the exception with a message for a person and what lies behind it, or null. */
    public LabException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
