package dev.bench.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Holds the option that names the cache. */
final class CacheArgument {
    @Option(
            names = "--cache",
            paramLabel = "DIR",
            defaultValue = "/var/cache/bench",
            description = "The cache (default: ${DEFAULT-VALUE}).")
    private Path path = Path.of("/var/cache/bench");

    Path path() {
        return path.toAbsolutePath().normalize();
    }
}
