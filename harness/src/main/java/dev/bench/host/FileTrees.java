package dev.bench.host;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Copies, deletes and weighs files, and directories with all they hold. */
public final class FileTrees {
    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final Duration COPY_TIMEOUT = Duration.ofMinutes(10);

    private FileTrees() {}

    /**
     * Returns the bytes that files and directories take on disk, holes left out and hard links counted once; what has
     * just gone counts nothing.
     */
    public static long allocatedBytes(List<Path> paths) throws IOException {
        List<String> command = new ArrayList<>(List.of("du", "--summarize", "--total", "--block-size=1"));
        paths.stream().filter(Files::exists).map(Path::toString).forEach(command::add);
        if (command.size() == 4) {
            return 0;
        }
        // Status 1 only says that something vanished meanwhile; Java does not tell how many blocks a file has.
        String output = Commands.run(TIMEOUT, command).output().strip();
        String total = output.substring(output.lastIndexOf('\n') + 1);
        if (!total.matches("[0-9]{1,18}\\s+total")) {
            throw new CommandException("`" + String.join(" ", command) + "` printed no total: " + output);
        }
        return Long.parseLong(total.split("\\s+", -1)[0]);
    }

    /** Copies a file, sharing blocks where the file system can, and with holes where there are zeros. */
    public static void copySparsely(Path from, Path to) throws IOException {
        Commands.runOrThrow(
                COPY_TIMEOUT, List.of("cp", "--sparse=always", "--reflink=auto", from.toString(), to.toString()));
    }

    /**
     * Copies a file or a directory with all below it and its attributes, sharing blocks where the file system can.
     *
     * @param to does not exist yet
     */
    public static void copy(Path from, Path to) throws IOException {
        Commands.runOrThrow(COPY_TIMEOUT, List.of("cp", "-a", "--reflink=auto", "--", from.toString(), to.toString()));
    }

    /** Writes a program that anybody may run. */
    public static void writeProgram(Path file, byte[] content) throws IOException {
        Files.write(file, content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** Deletes a directory and everything below it, following no link; one that is gone is as good. */
    public static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (e instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw e;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException e) throws IOException {
                if (e != null) {
                    throw e;
                }
                Files.deleteIfExists(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
