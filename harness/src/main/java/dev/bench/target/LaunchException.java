package dev.bench.target;

import dev.bench.result.FailureKind;
import org.jspecify.annotations.Nullable;

/** Reports that one launch failed; the target itself may still work. */
public class LaunchException extends Exception {
    private static final long serialVersionUID = 1L;

    private final FailureKind kind;

    /**
     * Creates the exception.
     *
     * @param kind what it lies with
     * @param message what failed and what to try
     * @param cause what lies behind it, or null
     */
    public LaunchException(FailureKind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** Returns what it lies with. */
    public FailureKind kind() {
        return kind;
    }
}
