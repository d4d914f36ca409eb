package dev.bench.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Holds the option that names the cache. */
final class CacheArgument {
    static final String DEFAULT = "/var/cache/bench";

    @Option(
            names = "--cache",
            paramLabel = "DIR",
            defaultValue = DEFAULT,
            description = "The cache (default: ${DEFAULT-VALUE}).")
    private Path path = Path.of(DEFAULT);

    Path path() {
        return path.toAbsolutePath().normalize();
    }
}
