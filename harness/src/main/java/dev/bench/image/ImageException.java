package dev.bench.image;

/**
 * Reports that an image could not be made ready.
 *
 * <p>The message can be shown to a user as it is: what failed, for which image, and what to try next.
 */
public final class ImageException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Creates a report without an underlying failure. */
    public ImageException(String message) {
        super(message);
    }

    /** Creates a report of an underlying failure. */
    public ImageException(String message, Throwable cause) {
        super(message, cause);
    }
}
