package dev.bench.host;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells failures that the host's disks and permissions cause from those of a program. */
public final class HostFault {
    private HostFault() {}

    /** Returns what is wrong with the host and what to try, empty where nothing in the chain of causes says so. */
    public static Optional<String> describe(@Nullable Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException failed) {
                Optional<String> description = describe(failed);
                if (description.isPresent()) {
                    return description;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> describe(IOException failed) {
        String message = String.valueOf(failed.getMessage());
        if (message.contains("No space left on device") || message.contains("Disk quota exceeded")) {
            return Optional.of(
                    "the disk is full: " + message + ". Free space, or name other directories with --out and --cache");
        }
        boolean denied = failed instanceof AccessDeniedException
                || message.contains("Permission denied")
                || message.contains("Read-only file system");
        if (denied) {
            String file = failed instanceof FileSystemException system ? system.getFile() : message;
            return Optional.of(
                    "no permission: " + file + ". Run as root, or name other directories with --out and --cache");
        }
        return Optional.empty();
    }
}
