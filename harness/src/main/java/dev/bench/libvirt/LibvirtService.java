package dev.bench.libvirt;

import dev.bench.target.LabService;
import dev.bench.target.LabSite;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Serves the libvirt of a lab: an existing one, or the embedded driver with a configuration of the lab's own, which runs in
 * the process that connects.
 *
 * @param address the connection URI
 */
record LibvirtService(String address) implements LabService {
    static LabService start(LabSite site) throws IOException {
        String endpoint = site.endpoint();
        if (endpoint != null) {
            return new LibvirtService(endpoint);
        }
        Path root = site.directory().resolve("libvirt");
        LibvirtConfiguration.write(root, site.cacheDirectory().toAbsolutePath().resolve("libvirt"));
        return new LibvirtService("qemu:///embed?root=" + root);
    }

    @Override
    public void close() {
        // Nothing was started.
    }
}
