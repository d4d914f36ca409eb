package dev.bench.measure.build;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bench.host.FileTrees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Objects;

/** Is a run's own copy of the files of a build: changes are made to it and never to the user's. */
final class BuildFiles {
    private final Path original;
    private final Path copy;

    private BuildFiles(Path original, Path copy) {
        this.original = original;
        this.copy = copy;
    }

    /**
     * Copies a directory.
     *
     * @param copy does not exist yet
     */
    static BuildFiles copy(Path original, Path copy) throws IOException {
        FileTrees.copy(original, copy);
        return new BuildFiles(original, copy);
    }

    Path directory() {
        return copy;
    }

    /** Makes a change. */
    void apply(Change change) throws IOException {
        Path file = copy.resolve(change.file());
        switch (change.kind()) {
            case APPEND -> Files.writeString(file, change.text(), UTF_8, StandardOpenOption.APPEND);
            case REPLACE -> Files.write(file, Files.readAllBytes(Objects.requireNonNull(change.with())));
            case TOUCH -> Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
        }
    }

    /** Takes a change back: content, mode and times are those of the original. */
    void revert(Change change) throws IOException {
        Files.copy(
                original.resolve(change.file()),
                copy.resolve(change.file()),
                StandardCopyOption.REPLACE_EXISTING,
                StandardCopyOption.COPY_ATTRIBUTES);
    }
}
