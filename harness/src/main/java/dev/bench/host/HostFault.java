package dev.bench.host;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tells failures that the host's disks and permissions cause from those of a program. */
public final class HostFault {
    private static final List<String> FULL =
            List.of("No space left on device", "no space left on device", "Disk quota exceeded");

    private HostFault() {}

    /** Below it a disk is full to whoever wants to write a file and its directory. */
    private static final long LEAST_BYTES = 4L << 20;

    /**
     * Returns the first of some directories whose disk is full, empty where all have room.
     *
     * <p>An emulator waits for room instead of saying that there is none, and an engine says so in words of its own.
     */
    public static Optional<Path> fullDisk(Path... directories) {
        // One that is not there has no space either.
        return Stream.of(directories)
                .filter(Files::isDirectory)
                .filter(directory -> directory.toFile().getUsableSpace() < LEAST_BYTES)
                .findFirst();
    }

    /** Returns whether an engine or a tool of the host says, in its own words, that a disk is full. */
    public static boolean tellsOfFullDisk(String words) {
        return FULL.stream().anyMatch(words::contains);
    }

    /**
     * Returns what to try where a disk is full, empty where nothing in the chain of causes says that one is.
     *
     * <p>Told in the words of the first to know, since whoever passes it on may have an advice of its own in it.
     */
    public static Optional<String> describeFull(@Nullable Throwable thrown) {
        Optional<String> words = Optional.empty();
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage());
            if (tellsOfFullDisk(message)) {
                words = Optional.of(message);
            }
        }
        return words.map(
                told -> "the disk is full: " + told + ". Free space, or name other directories with --out and --cache");
    }

    /** Returns what is wrong with the host and what to try, empty where nothing in the chain of causes says so. */
    public static Optional<String> describe(@Nullable Throwable thrown) {
        Optional<String> full = describeFull(thrown);
        if (full.isPresent()) {
            return full;
        }
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage());
            if (cause instanceof IOException failed) {
                String file = failed instanceof FileSystemException system ? system.getFile() : message;
                if (message.contains("Read-only file system")) {
                    return Optional.of("its file system is read-only: " + file
                            + ". Mount it for writing, or name a directory elsewhere");
                }
                if (failed instanceof AccessDeniedException || message.contains("Permission denied")) {
                    return Optional.of("no permission: " + file
                            + ". Run as root, or name a directory that this user may write to");
                }
            }
        }
        return Optional.empty();
    }
}
