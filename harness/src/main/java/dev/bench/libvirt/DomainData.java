package dev.bench.libvirt;

import dev.bench.guest.Qcow2Overlay;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Describes where a domain keeps data.
 *
 * @param cache cache mode of the disk that holds the data, as QEMU names it; empty for the default, writeback
 * @param disk the disk of its own, or null where there is none
 * @param format format of that disk, as QEMU names it
 * @param share the directory of the host that the guest shares, or null where there is none
 * @param disks further disks, of which each is the device after the one before
 * @param shares further directories that the guest shares
 */
public record DomainData(
        String cache,
        @Nullable Path disk,
        String format,
        @Nullable Path share,
        List<Disk> disks,
        List<Share> shares) {
    /** The slot of the first device; what every machine has comes before. */
    private static final int FIRST_SLOT = 4;

    /** The slots that a machine of either type leaves free to devices. */
    static final int MOST_DEVICES = 26;

    /**
     * Describes a further disk.
     *
     * @param file what holds it
     * @param format its format, as QEMU names it
     * @param base the disk below it, or null for none
     * @param baseFormat format of that disk
     */
    public record Disk(Path file, String format, @Nullable Path base, String baseFormat) {}

    /**
     * Describes a further directory.
     *
     * @param directory of the host
     * @param tag what the guest finds it by
     */
    public record Share(Path directory, String tag) {}

    public DomainData {
        disks = List.copyOf(disks);
        shares = List.copyOf(shares);
    }

    /** Describes data in one place. */
    public DomainData(String cache, @Nullable Path disk, String format, @Nullable Path share) {
        this(cache, disk, format, share, List.of(), List.of());
    }

    /** Describes what a classic machine has beside its system: a layer over the workload's disk, and its seed. */
    public static DomainData ofClassic(Path workload, Path base, Path seed) throws IOException {
        return new DomainData(
                "",
                null,
                "",
                null,
                List.of(
                        new Disk(workload, "qcow2", base, Qcow2Overlay.formatOf(base)),
                        new Disk(seed, "raw", null, "")),
                List.of());
    }

    /** Data in the root disk, as is usual. */
    public static final DomainData ROOT = new DomainData("", null, "", null);

    /** The type of the file system that shared directories are, and its kernel module's name. */
    static final String SHARE_TYPE = "virtiofs";

    /** What the guest finds its root by where that is shared. */
    static final String ROOT_TAG = "root";

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
        int slot = FIRST_SLOT;
        char letter = 'b';
        if (disk != null) {
            devices.append(disk(new Disk(disk, format, null, ""), cacheAttribute(), letter++, slot++));
        }
        if (share != null) {
            devices.append(share(new Share(share, SHARE_TAG), slot++));
        }
        for (Disk further : disks) {
            devices.append(disk(further, "", letter++, slot++));
        }
        for (Share further : shares) {
            devices.append(share(further, slot++));
        }
        return devices.toString();
    }

    private static String disk(Disk disk, String attributes, char letter, int slot) {
        Path base = disk.base();
        String below = base == null
                ? ""
                : "<backingStore type='file'><format type='%s'/><source file='%s'/><backingStore/></backingStore>"
                        .formatted(DomainXml.escape(disk.baseFormat()), DomainXml.escape(base));
        return """
                <disk type='file' device='disk'>
                  <driver name='qemu' type='%s'%s/>
                  <source file='%s'/>
                  %s
                  <target dev='vd%c' bus='virtio'/>
                  <address type='pci' domain='0' bus='0' slot='%d' function='0'/>
                </disk>
                """.formatted(
                DomainXml.escape(disk.format()), attributes, DomainXml.escape(disk.file()), below, letter, slot);
    }

    private static String share(Share share, int slot) {
        return """
                <filesystem type='mount' accessmode='passthrough'>
                  <driver type='virtiofs'/>
                  <source dir='%s'/>
                  <target dir='%s'/>
                  <address type='pci' domain='0' bus='0' slot='%d' function='0'/>
                </filesystem>
                """.formatted(DomainXml.escape(share.directory()), DomainXml.escape(share.tag()), slot);
    }

    /** Returns whether a helper serves the guest, which the domain's memory must be shared with then. */
    boolean isServed() {
        return share != null || !shares.isEmpty();
    }
}
