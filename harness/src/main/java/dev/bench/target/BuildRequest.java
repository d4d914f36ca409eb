package dev.bench.target;

import dev.bench.image.Dockerfile;
import dev.bench.workload.ConfigOverrides;
import dev.bench.workload.PreparedImage;
import java.nio.file.Path;
import java.util.Map;

/**
 * Says what a builder builds again and again.
 *
 * @param context the directory of the Dockerfile, a copy of the run's own whose files change between builds
 * @param base the image that the Dockerfile builds on, in the engine
 * @param baseArgument whether the build's argument {@code BASE} gets its reference
 * @param overrides what the scenario says instead of the built image's own configuration
 * @param name unique in the run, of letters, digits and hyphens: what the builder calls what it makes
 */
public record BuildRequest(
        Path context, PreparedImage base, boolean baseArgument, ConfigOverrides overrides, String name) {
    /** Returns what the ARG instructions of the Dockerfile are given. */
    public Map<String, String> arguments() {
        return baseArgument ? Map.of(Dockerfile.BASE, base.engineReference()) : Map.of();
    }
}
