package dev.bench.cli;

import dev.bench.result.ResultStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Collectors;

/** Prints stored results for machines. */
final class JsonOutput {
    private JsonOutput() {}

    /** Returns a result as one object. */
    static String of(ResultStore store) {
        try {
            return Files.readString(store.directory().resolve("result.json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns several results as one array, in the order of the runs. */
    static String of(List<ResultStore> stores) {
        return stores.stream().map(JsonOutput::of).collect(Collectors.joining(",\n", "[", "]\n"));
    }
}
