package dev.bench.lab;

import dev.bench.target.Endpoint;
import dev.bench.target.TargetDefinition;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Says what lab to start.
 *
 * @param runId eight characters that mark everything the lab creates
 * @param cacheDirectory files that outlive runs; a private engine's images are below it
 * @param endpoints existing services to use instead of the lab's own, by {@link Endpoint#key}
 * @param targets what will be opened in it
 */
public record LabOptions(
        String runId, Path cacheDirectory, Map<String, String> endpoints, List<TargetDefinition> targets) {
    public LabOptions {
        endpoints = Map.copyOf(endpoints);
        targets = List.copyOf(targets);
    }
}
