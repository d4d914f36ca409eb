package dev.bench.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Builds the files of a system that tests describe. */
public final class FixtureSystem {
    private final Path root;

    public FixtureSystem(Path root) {
        this.root = root;
    }

    /** Writes a file, given by its absolute path on the described system. */
    public FixtureSystem with(String absolute, String text) {
        try {
            Path file = root.resolve(absolute.substring(1));
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes a symbolic link. */
    public FixtureSystem link(String absolute, String target) {
        try {
            Path file = root.resolve(absolute.substring(1));
            Files.createDirectories(file.getParent());
            Files.createSymbolicLink(file, Path.of(target));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public SystemFiles files() {
        return new SystemFiles(root);
    }
}
