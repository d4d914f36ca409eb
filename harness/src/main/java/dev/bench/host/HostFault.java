package dev.bench.host;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells failures that the host's disks and permissions cause from those of a program. */
public final class HostFault {
    private static final List<String> FULL =
            List.of("No space left on device", "no space left on device", "Disk quota exceeded");

    private HostFault() {}

    /** Returns what is wrong with the host and what to try, empty where nothing in the chain of causes says so. */
    public static Optional<String> describe(@Nullable Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage());
            // An engine or a tool of the host says so in its own words.
            if (FULL.stream().anyMatch(message::contains)) {
                return Optional.of("the disk is full: " + message
                        + ". Free space, or name other directories with --out and --cache");
            }
            if (cause instanceof IOException failed && isDenied(failed, message)) {
                String file = failed instanceof FileSystemException system ? system.getFile() : message;
                return Optional.of(
                        "no permission: " + file + ". Run as root, or name other directories with --out and --cache");
            }
        }
        return Optional.empty();
    }

    private static boolean isDenied(IOException failed, String message) {
        return failed instanceof AccessDeniedException
                || message.contains("Permission denied")
                || message.contains("Read-only file system");
    }
}
