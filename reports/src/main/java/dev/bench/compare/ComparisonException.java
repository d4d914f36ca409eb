package dev.bench.compare;

/** Reports two results that cannot be compared, with what is accepted. */
public final class ComparisonException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Creates the exception with what is wrong and what to try. */
    public ComparisonException(String message) {
        super(message);
    }
}
