package dev.bench.cli;

import java.nio.file.Path;
import picocli.CommandLine.Parameters;

/** Takes the folder of stored results that several commands work on. */
final class FolderArgument {
    @Parameters(
            arity = "0..1",
            paramLabel = "DIR",
            defaultValue = "results",
            description = "Folder of results, as `bench run --out` writes it (default: ${DEFAULT-VALUE}).")
    private Path folder = Path.of("results");

    Path path() {
        return folder;
    }
}
