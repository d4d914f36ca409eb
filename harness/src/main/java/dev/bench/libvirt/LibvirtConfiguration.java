package dev.bench.libvirt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the configuration of libvirt's embedded QEMU driver. */
final class LibvirtConfiguration {
    private LibvirtConfiguration() {}

    /**
     * Writes it below the driver's root.
     *
     * <p>No log daemon ({@code stdio_handler}); QEMU as root, because the embedded driver changes no ownership of the
     * image cache; no control groups, whose
     * set-up takes time and whose parent it would leave behind; no mount namespace per domain, no security driver: the host's policy daemons do not know this driver.
     */
    static void write(Path root, Path cache) throws IOException {
        Files.createDirectories(root.resolve("etc"));
        // What libvirt learns of the emulator takes it seconds to learn; it is the same for every run.
        Files.createDirectories(cache);
        Files.createSymbolicLink(root.resolve("cache"), cache);
        Files.writeString(root.resolve("etc/qemu.conf"), """
                stdio_handler = "file"
                security_driver = "none"
                user = "root"
                group = "root"
                dynamic_ownership = 0
                remember_owner = 0
                namespaces = []
                cgroup_controllers = []
                """);
    }
}
