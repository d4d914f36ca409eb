package dev.bench.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Prints a stored result for machines. */
final class JsonOutput {
    private JsonOutput() {}

    static String of(Path directory) {
        try {
            return Files.readString(directory.resolve("result.json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
