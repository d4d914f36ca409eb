package dev.bench.guest;

import dev.bench.image.TreeManifest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes initial RAM disks: one part that all instances share, the modules, and one that carries an instance's own init
 * program. The kernel takes several archives one after the other, so an instance's disk is made by appending.
 *
 * <p>Nothing is compressed: unpacking costs an emulated CPU more than reading. Immutable; safe for several threads.
 */
public final class Initramfs {
    private static final List<String> OF_DISK = List.of("virtio_pci", "virtio_blk", "virtio_net", "ext4");
    private static final List<String> OF_SHARE = List.of("virtio_pci", "virtio_net", "virtiofs");
    private static final Path BUSYBOX = Path.of("/bin/busybox");

    static final String BUSYBOX_INSIDE = "/busybox";
    static final String MANIFEST_INSIDE = "/manifest.sh";
    static final String OBSERVER_INSIDE = "/observer";

    private final byte[] base;
    private final List<String> modules;

    private Initramfs(byte[] base, List<String> modules) {
        this.base = base;
        this.modules = modules;
    }

    /**
     * Gathers the modules of a kernel.
     *
     * @throws IOException where a module is missing
     */
    public static Initramfs of(GuestKernel kernel) throws IOException {
        return of(kernel, List.of());
    }

    /**
     * Gathers the modules of a kernel, and further ones by name.
     *
     * @throws IOException where a module is missing
     */
    public static Initramfs of(GuestKernel kernel, List<String> further) throws IOException {
        List<String> wanted = new ArrayList<>(OF_DISK);
        wanted.addAll(further);
        return gather(kernel, wanted);
    }

    /**
     * Gathers the modules of a kernel whose root is a directory of the host.
     *
     * @throws IOException where a module is missing
     */
    public static Initramfs ofShare(GuestKernel kernel) throws IOException {
        return gather(kernel, OF_SHARE);
    }

    private static Initramfs gather(GuestKernel kernel, List<String> wanted) throws IOException {
        CpioArchive archive = new CpioArchive()
                .directory("dev")
                .characterDevice("dev/console", 5, 1)
                .directory("root")
                .directory("proc")
                .directory("modules");
        List<String> paths = new ArrayList<>();
        for (Path module : new KernelModules(kernel.modules()).resolve(wanted)) {
            String name = module.getFileName().toString();
            String path = "modules/" + name.substring(0, name.indexOf(".ko")) + ".ko";
            archive.file(path, 0644, KernelModules.read(module));
            paths.add("/" + path);
        }
        return new Initramfs(archive.toBytes(), paths);
    }

    /** Returns the paths of the modules in the guest, in the order in which they must be loaded. */
    public List<String> modules() {
        return modules;
    }

    /** Returns a disk with an init program. */
    public byte[] with(byte[] init) {
        return join(base, new CpioArchive().file("init", 0755, init).toBytes());
    }

    /** Returns a disk with an init program and what an observation needs. */
    public byte[] withObservation(byte[] init, byte[] observer) throws IOException {
        CpioArchive tools = new CpioArchive()
                .file("init", 0755, init)
                .file(OBSERVER_INSIDE.substring(1), 0755, observer)
                .file(BUSYBOX_INSIDE.substring(1), 0755, Files.readAllBytes(BUSYBOX))
                .file(MANIFEST_INSIDE.substring(1), 0644, TreeManifest.script().getBytes(StandardCharsets.UTF_8));
        return join(base, tools.toBytes());
    }

    /** Returns a disk that holds nothing but an init program. */
    static byte[] bare(byte[] init) {
        return new CpioArchive()
                .directory("dev")
                .characterDevice("dev/console", 5, 1)
                .file("init", 0755, init)
                .toBytes();
    }

    private static byte[] join(byte[] first, byte[] second) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream(first.length + second.length + 3);
        joined.writeBytes(first);
        while (joined.size() % 4 != 0) {
            joined.write(0);
        }
        joined.writeBytes(second);
        return joined.toByteArray();
    }
}
