package dev.bench.docker;

import com.github.dockerjava.api.model.Version;
import com.github.dockerjava.api.model.VersionComponent;
import java.util.List;

/** Knows what differs where Podman answers at the engine's socket. */
final class Podman {
    /** What it tells every workload and cannot be kept from; it is stated, and no difference of the image. */
    static final List<String> ENVIRONMENT = List.of("TERM=xterm", "container=podman");

    private Podman() {}

    /** Tells whether Podman gave this answer. */
    static boolean answers(Version version) {
        List<VersionComponent> components = version.getComponents();
        return components != null
                && components.stream()
                        .anyMatch(
                                component -> String.valueOf(component.getName()).contains("Podman"));
    }
}
