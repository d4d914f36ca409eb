package dev.bench.registry;

import java.io.IOException;

/** Reports that a registry cannot be used, or refuses: what it said and what to try. */
public final class RegistryException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Creates the exception with a message for a person. */
    public RegistryException(String message) {
        super(message);
    }
}
