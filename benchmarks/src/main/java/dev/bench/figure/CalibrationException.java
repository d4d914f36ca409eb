package dev.bench.figure;

import org.jspecify.annotations.Nullable;

/** Reports that a figure could not be taken. */
public final class CalibrationException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Creates the exception with what failed and what to try. */
    public CalibrationException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
