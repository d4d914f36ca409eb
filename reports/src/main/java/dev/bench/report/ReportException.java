package dev.bench.report;

import java.nio.file.Path;

/** Reports that the report of a result could not be rendered; the result itself is stored and whole. */
public final class ReportException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Creates the exception for a result directory, with what ended the rendering. */
    public ReportException(Path directory, Throwable cause) {
        super(
                "the report could not be rendered (" + cause + "); everything measured is kept in " + directory
                        + ", and `bench report " + directory + "` renders it again",
                cause);
    }
}
