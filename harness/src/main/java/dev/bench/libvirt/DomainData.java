package dev.bench.libvirt;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Describes where a domain keeps data.
 *
 * @param cache cache mode of the disk that holds the data, as QEMU names it; empty for the default, writeback
 * @param disk the disk of its own, or null where there is none
 * @param format format of that disk, as QEMU names it
 * @param share the directory of the host that the guest shares, or null where there is none
 */
public record DomainData(
        String cache,
        @Nullable Path disk,
        String format,
        @Nullable Path share) {
    /** Data in the root disk, as is usual. */
    public static final DomainData ROOT = new DomainData("", null, "", null);

    /** What the guest finds the shared directory by. */
    static final String SHARE_TAG = "bench";

    /** Returns the attribute of the root disk's driver. */
    String rootAttributes() {
        return disk == null ? cacheAttribute() : "";
    }

    private String cacheAttribute() {
        return cache.isEmpty() ? "" : " cache='" + DomainXml.escape(cache) + "'";
    }

    /** Returns the further devices. */
    String devices() {
        StringBuilder devices = new StringBuilder();
        if (disk != null) {
            devices.append("""
                    <disk type='file' device='disk'>
                      <driver name='qemu' type='%s'%s/>
                      <source file='%s'/>
                      <target dev='vdb' bus='virtio'/>
                      <address type='pci' domain='0' bus='0' slot='4' function='0'/>
                    </disk>
                    """.formatted(DomainXml.escape(format), cacheAttribute(), DomainXml.escape(disk)));
        }
        if (share != null) {
            devices.append("""
                    <filesystem type='mount' accessmode='passthrough'>
                      <driver type='virtiofs'/>
                      <source dir='%s'/>
                      <target dir='%s'/>
                      <address type='pci' domain='0' bus='0' slot='4' function='0'/>
                    </filesystem>
                    """.formatted(DomainXml.escape(share), SHARE_TAG));
        }
        return devices.toString();
    }

    /** Returns how the domain's memory is backed: what a helper serves the guest from must be shared with it. */
    String memoryBacking() {
        return share == null ? "" : "<memoryBacking><source type='memfd'/><access mode='shared'/></memoryBacking>";
    }
}
