package dev.bench.libvirt;

import dev.bench.target.LeftoverRemoval;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.libvirt.Connect;
import org.libvirt.Domain;
import org.libvirt.LibvirtException;

/** Removes a dead run's domains from an existing libvirt, by their metadata. */
final class LibvirtLeftovers implements LeftoverRemoval {
    private static final int METADATA_ELEMENT = 2;

    @Override
    public void remove(String runId, Map<String, String> stated) throws IOException {
        String uri = stated.get(LibvirtDriver.ENDPOINT.key());
        if (uri == null) {
            return;
        }
        try {
            Connect connection = LibvirtConnections.open(uri);
            try {
                for (Domain domain : connection.listAllDomains(0)) {
                    if (isOf(domain, runId)) {
                        domain.destroy();
                    }
                }
            } finally {
                connection.close();
            }
        } catch (LibvirtException e) {
            throw new IOException("libvirt at " + uri + " does not answer: " + e.getMessage(), e);
        }
    }

    /** An emulator of the embedded driver names its machine, whose name begins with the run. */
    @Override
    public List<String> marks(String runId) {
        return List.of("guest=bench-" + runId + "-");
    }

    private static boolean isOf(Domain domain, String runId) {
        try {
            return domain.getMetadata(METADATA_ELEMENT, DomainXml.NAMESPACE, 0).contains("id='" + runId + "'")
                    || domain.getMetadata(METADATA_ELEMENT, DomainXml.NAMESPACE, 0)
                            .contains("id=\"" + runId + "\"");
        } catch (LibvirtException e) {
            // No metadata of ours: not our domain.
            return false;
        }
    }
}
