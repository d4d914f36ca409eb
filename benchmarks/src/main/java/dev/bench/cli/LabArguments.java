package dev.bench.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Holds the options that say where to measure. */
final class LabArguments {
    @Option(
            names = "--docker-host",
            paramLabel = "URI",
            defaultValue = "${env:DOCKER_HOST}",
            description = "Use this container engine (Docker or Podman's socket) instead of a private one."
                    + " Default: $DOCKER_HOST.")
    private @Nullable String dockerHost;

    @Option(
            names = "--libvirt-uri",
            paramLabel = "URI",
            defaultValue = "${env:LIBVIRT_DEFAULT_URI}",
            description = "Use this libvirt, such as qemu:///system, instead of the embedded driver."
                    + " Default: $LIBVIRT_DEFAULT_URI.")
    private @Nullable String libvirtUri;

    @Option(
            names = "--cache",
            paramLabel = "DIR",
            defaultValue = CacheArgument.DEFAULT,
            description = "Where images and the private engine's data are kept (default: ${DEFAULT-VALUE}).")
    private Path cache = Path.of(CacheArgument.DEFAULT);

    @Nullable
    String dockerHost() {
        return given(dockerHost);
    }

    @Nullable
    String libvirtUri() {
        return given(libvirtUri);
    }

    Path cache() {
        return cache.toAbsolutePath().normalize();
    }

    private static @Nullable String given(@Nullable String value) {
        return value == null || value.isBlank() ? null : value;
    }
}
