package dev.bench.host;

import java.io.IOException;

/** Reports a command of the host that failed, with the end of what it said. */
public final class CommandException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Creates the exception with a whole sentence. */
    public CommandException(String message) {
        super(message);
    }
}
