package dev.bench.libvirt;

import dev.bench.lab.Leftovers;
import java.io.IOException;
import java.util.Map;
import org.libvirt.Connect;
import org.libvirt.Domain;
import org.libvirt.LibvirtException;

/** Removes a dead run's domains from an existing libvirt, by their metadata. */
public final class LibvirtLeftovers implements Leftovers.EngineCleaner {
    private static final int METADATA_ELEMENT = 2;

    @Override
    public void remove(String runId, Map<String, String> facts) throws IOException {
        String uri = facts.get("libvirtUri");
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
