package dev.bench.doctor;

/** Reports that packages could not be installed, with what to try. */
public final class SetupException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Creates the exception with a whole sentence. */
    public SetupException(String message) {
        super(message);
    }

    /** Creates the exception with a whole sentence and what lies behind it. */
    public SetupException(String message, Throwable cause) {
        super(message, cause);
    }
}
