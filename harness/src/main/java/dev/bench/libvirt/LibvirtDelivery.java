package dev.bench.libvirt;

import dev.bench.host.FileTrees;
import dev.bench.image.DiskBuilder;
import dev.bench.image.DiskUpdate;
import dev.bench.registry.RegistryClient;
import dev.bench.registry.StoredFile;
import dev.bench.result.FailureKind;
import dev.bench.target.DeliveryRequest;
import dev.bench.target.ImageDelivery;
import dev.bench.target.LaunchException;
import dev.bench.target.Target;
import dev.bench.workload.PreparedImage;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Delivers disks of machines as files in a registry. The disk of the second release is that of the first with what differs
 * written into it. A disk that is moved whole is a qcow2 file, which has no clusters of zeros; one in chunks is raw, so that
 * a block keeps its place from release to release.
 */
final class LibvirtDelivery implements ImageDelivery {

    private final LibvirtTarget target;
    private final PreparedImage image;
    private final StoredFile stored;
    private final Path directory;
    private final Path received;
    private StoredFile.@Nullable Version held;
    private int pulls;

    private LibvirtDelivery(LibvirtTarget target, PreparedImage image, StoredFile stored, Path directory) {
        this.target = target;
        this.image = image;
        this.stored = stored;
        this.directory = directory;
        this.received = directory.resolve("received");
    }

    /**
     * Makes the disks of both releases.
     *
     * @param directory for them, and for what is fetched; made and removed here
     */
    static LibvirtDelivery open(
            LibvirtTarget target, PreparedImage image, StoredFile.Form form, DeliveryRequest request, Path directory)
            throws IOException {
        Path scratch = Files.createDirectories(directory.resolve("scratch"));
        StoredFile stored = new StoredFile(new RegistryClient(request.server(), request.repository()), form, scratch);
        LibvirtDelivery delivery = new LibvirtDelivery(target, image, stored, directory);
        try {
            delivery.make(request, form);
            return delivery;
        } catch (IOException e) {
            delivery.close();
            throw e;
        }
    }

    private void make(DeliveryRequest request, StoredFile.Form form) throws IOException {
        Path first = mount(request.first(), Release.FIRST);
        try {
            Path changed = mount(request.changed(), Release.CHANGED);
            try {
                Path before = directory.resolve("first.raw");
                Path now = directory.resolve("changed.raw");
                DiskBuilder.buildRaw(first, before, image.digest());
                FileTrees.copySparsely(before, now);
                if (!DiskUpdate.apply(now, first, changed, List.of(request.first(), request.changed()), directory)) {
                    throw new IOException("the file of a release cannot be written into a disk");
                }
            } finally {
                MergedTree.unmount(changed);
            }
        } finally {
            MergedTree.unmount(first);
        }
        if (form != StoredFile.Form.CHUNKS) {
            for (Release release : Release.values()) {
                Path raw = directory.resolve(release.tag() + ".raw");
                DiskBuilder.convert(raw, directory.resolve(release.tag() + ".qcow2"));
                Files.delete(raw);
            }
        }
    }

    /** Says in words what is moved. */
    static String describe(StoredFile.Form form) {
        return switch (form) {
            case WHOLE -> "the whole qcow2 file";
            case ZSTD -> "the whole qcow2 file, compressed with zstd";
            case CHUNKS ->
                "of the raw file fixed chunks of " + (StoredFile.Form.CHUNK_BYTES >> 10)
                        + " KiB, each compressed with zstd, of which only new ones are moved";
        };
    }

    private Path mount(Path files, Release release) throws IOException {
        Path point = directory.resolve("tree-" + release.tag());
        MergedTree.mount(point, List.of(files, image.tree()));
        return point;
    }

    private Path disk(Release release) {
        Path whole = directory.resolve(release.tag() + ".qcow2");
        return Files.exists(whole) ? whole : directory.resolve(release.tag() + ".raw");
    }

    @Override
    public void reset() throws LaunchException {
        try {
            held = null;
            stored.forget();
            FileTrees.delete(received);
            Files.createDirectories(received);
        } catch (IOException e) {
            throw failed("remove what was fetched before", e);
        }
    }

    @Override
    public long heldBytes() throws IOException {
        StoredFile.Version version = held;
        return version == null ? 0 : FileTrees.allocatedBytes(List.of(version.file()));
    }

    @Override
    public void push(Release release) throws LaunchException {
        try {
            stored.push(disk(release), release.tag());
        } catch (IOException e) {
            throw failed("store the disk", e);
        }
    }

    @Override
    public void pull(Release release) throws LaunchException {
        try {
            held = stored.pull(release.tag(), held, received.resolve("disk-" + ++pulls));
        } catch (IOException e) {
            throw failed("fetch the disk", e);
        }
    }

    private static LaunchException failed(String what, IOException e) {
        return e instanceof InterruptedIOException
                ? new LaunchException(FailureKind.INTERRUPTED, "the run was interrupted while a disk was delivered", e)
                : new LaunchException(
                        FailureKind.ENGINE,
                        "cannot " + what + ": " + e.getMessage()
                                + ". Check the registry, and the space on the cache's disk",
                        e);
    }

    @Override
    public Target target() {
        StoredFile.Version version = held;
        if (version == null) {
            throw new IllegalStateException("nothing has been fetched");
        }
        return target.launching(new PreparedImage(
                image.digest(), "", image.tree(), "", image.manifest(), version.file(), image.config()));
    }

    @Override
    public void close() {
        try {
            FileTrees.delete(directory);
        } catch (IOException e) {
            // The lab unmounts and removes all that is left in its directory.
        }
    }
}
