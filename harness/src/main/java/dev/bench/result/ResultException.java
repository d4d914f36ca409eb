package dev.bench.result;

import java.nio.file.Path;

/** Reports a stored result that cannot be read or written. */
public final class ResultException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Creates the exception for a file, with what is wrong and what to try. */
    public ResultException(Path file, String problem, Throwable cause) {
        super(file + ": " + problem, cause);
    }

    /** Creates the exception for a file, with what is wrong and what to try. */
    public ResultException(Path file, String problem) {
        super(file + ": " + problem);
    }
}
