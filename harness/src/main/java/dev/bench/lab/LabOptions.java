package dev.bench.lab;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Says what lab to start.
 *
 * @param runId eight characters that mark everything the lab creates
 * @param cacheDirectory files that outlive runs; the private engine's images are below it
 * @param dockerHost an existing container engine to use instead of a private one, or null
 * @param libvirtUri an existing libvirt to use instead of the embedded driver, or null
 */
public record LabOptions(
        String runId,
        Path cacheDirectory,
        @Nullable String dockerHost,
        @Nullable String libvirtUri) {}
