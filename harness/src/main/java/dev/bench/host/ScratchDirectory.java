package dev.bench.host;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Holds a directory that one process uses for a moment, among those for temporary files. It goes when it is closed and when
 * the process ends before that; where the process is killed, with the next one that makes one.
 */
public final class ScratchDirectory implements AutoCloseable {
    private static final Pattern NAME = Pattern.compile("bench-(?:doctor|advise)-([0-9]{1,9})-[0-9]+");

    private final Path path;
    private final Thread atEnd;

    private ScratchDirectory(Path path) {
        this.path = path;
        this.atEnd = new Thread(() -> discard(path), "scratch-removal");
    }

    /**
     * Makes a directory, and removes those of processes that are no more.
     *
     * @param purpose {@code doctor} or {@code advise}
     */
    public static ScratchDirectory create(String purpose) throws IOException {
        removeDead(Path.of(System.getProperty("java.io.tmpdir")));
        ScratchDirectory scratch = new ScratchDirectory(Files.createTempDirectory(
                "bench-" + purpose + "-" + ProcessHandle.current().pid() + "-"));
        Runtime.getRuntime().addShutdownHook(scratch.atEnd);
        return scratch;
    }

    /** Removes from a directory what processes that are no more have left; what cannot be removed stays. */
    static void removeDead(Path parent) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(parent, "bench-*")) {
            for (Path entry : entries) {
                Matcher name = NAME.matcher(entry.getFileName().toString());
                if (name.matches()
                        && Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)
                        && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty()) {
                    discard(entry);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    /** Returns the directory. */
    public Path path() {
        return path;
    }

    @Override
    public void close() {
        discard(path);
        try {
            Runtime.getRuntime().removeShutdownHook(atEnd);
        } catch (IllegalStateException e) {
            // The process ends, and the hook finds nothing more to do.
        }
    }

    private static void discard(Path directory) {
        try {
            FileTrees.delete(directory);
        } catch (IOException e) {
            // It holds a few empty files in a directory that the host clears.
        }
    }
}
