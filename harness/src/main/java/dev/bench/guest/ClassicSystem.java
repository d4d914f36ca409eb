package dev.bench.guest;

import dev.bench.host.FileTrees;
import dev.bench.host.Sha256;
import dev.bench.image.DiskBuilder;
import dev.bench.image.ExternalTool;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Holds the disk of a classic machine: a whole Debian with boot loader, kernel, its own initial RAM disk and systemd. All
 * machines share it, each with a layer of its own over it; the workload is on a second disk, the very one that a lean guest has
 * as its root, so that its tree is the same byte for byte and a layer of it costs nothing more.
 *
 * @param disk qcow2 or raw: a partition table, the boot loader where its firmware looks for it, a partition with ext4
 * @param firmware what boots it
 * @param kernel release of its kernel, empty where the disk is somebody's own
 * @param description what it is, in words
 */
public record ClassicSystem(Path disk, Firmware firmware, String kernel, String description) {
    /** The Debian that it is. */
    public static final String SUITE = "bookworm";

    /** What it takes beside what Debian calls essential. */
    static final List<String> PACKAGES =
            List.of("dbus", "initramfs-tools", "kmod", "linux-image-cloud-amd64", "systemd-sysv", "udev", "zstd");

    /** Counts changes of this class that change what it makes, so that no older disk is taken for it. */
    private static final int VERSION = 1;

    private static final String DISK = "system.qcow2";
    private static final String KERNEL = "kernel";
    private static final String TEMPORARY = ".tmp-";
    private static final Duration TIMEOUT = Duration.ofMinutes(20);
    private static final ReentrantLock BUILDING = new ReentrantLock();

    /** Returns a disk that somebody has made, and that brings the unit which runs what is on a machine's third disk. */
    public static ClassicSystem of(Path disk, Firmware firmware) {
        return new ClassicSystem(disk, firmware, "", "the disk " + disk + ", " + firmware.description());
    }

    /**
     * Returns the disk, made where this host has none yet, which takes a minute and a Debian mirror.
     *
     * @param cacheDirectory where it is kept
     * @param firmware what is to boot it
     * @param progress hears that it is made
     * @throws IOException where a tool is missing or fails, or the mirror cannot be reached
     */
    public static ClassicSystem prepare(Path cacheDirectory, Firmware firmware, Consumer<String> progress)
            throws IOException {
        Path systems = cacheDirectory.resolve("systems");
        Path directory = systems.resolve(key(firmware));
        if (Files.isDirectory(directory)) {
            return read(directory, firmware);
        }
        Files.createDirectories(systems);
        BUILDING.lock(); // a file lock is the whole process's
        try (FileChannel channel =
                        FileChannel.open(systems.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            if (!Files.isDirectory(directory) && lock.isValid()) {
                progress.accept(
                        "making the disk of classic machines, Debian " + SUITE + " for " + firmware.description());
                build(systems, directory, firmware);
            }
            return read(directory, firmware);
        } finally {
            BUILDING.unlock();
        }
    }

    /**
     * Returns the disk that {@link #prepare} has made.
     *
     * @throws IOException where there is none
     */
    public static ClassicSystem prepared(Path cacheDirectory, Firmware firmware) throws IOException {
        return read(cacheDirectory.resolve("systems").resolve(key(firmware)), firmware);
    }

    private static ClassicSystem read(Path directory, Firmware firmware) throws IOException {
        return new ClassicSystem(
                directory.resolve(DISK),
                firmware,
                Files.readString(directory.resolve(KERNEL)).strip(),
                "Debian " + SUITE + ", " + firmware.description() + ", GRUB, initramfs-tools, systemd");
    }

    private static String key(Firmware firmware) {
        // The disks of a BIOS that hosts have already keep their names.
        String other = firmware == Firmware.BIOS ? "" : firmware.label();
        return Sha256.of(VERSION + other + SUITE + PACKAGES + new TreeMap<>(ClassicFiles.all(firmware)));
    }

    private static void build(Path systems, Path directory, Firmware firmware) throws IOException {
        // What a build that was killed has left.
        try (DirectoryStream<Path> unfinished = Files.newDirectoryStream(systems, TEMPORARY + "*")) {
            for (Path left : unfinished) {
                FileTrees.delete(left);
            }
        }
        Path temporary = Files.createTempDirectory(systems, TEMPORARY);
        try {
            // apt has a user of its own, which has to find its way.
            Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
            Path tree = tree(temporary, firmware);
            Files.writeString(temporary.resolve(KERNEL), kernelOf(tree) + "\n");
            Path raw = temporary.resolve("raw");
            BootDisk.build(firmware, tree, raw, temporary);
            DiskBuilder.convert(raw, temporary.resolve(DISK));
            Files.delete(raw);
            FileTrees.delete(tree);
            Files.move(temporary, directory, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            FileTrees.delete(temporary);
            throw new IOException(
                    "cannot make the disk of a classic machine, Debian " + SUITE + ": " + e.getMessage()
                            + ". Check that this host reaches its Debian mirror",
                    e);
        }
    }

    private static Path tree(Path temporary, Firmware firmware) throws IOException {
        Path added = Files.createDirectory(temporary.resolve("added"));
        ClassicFiles.write(added, firmware);
        Path tree = temporary.resolve("tree");
        ExternalTool.run(
                "mmdebstrap",
                TIMEOUT,
                Map.of("TMPDIR", temporary.toString(), "LC_ALL", "C"),
                List.of(
                        "mmdebstrap",
                        "--variant=minbase",
                        "--format=directory",
                        "--include=" + String.join(",", PACKAGES),
                        // Before the kernel, whose package makes the initial RAM disk, which takes some of them.
                        "--essential-hook=sync-in " + added + " /",
                        SUITE,
                        tree.toString()));
        FileTrees.delete(added);
        return tree;
    }

    private static String kernelOf(Path tree) throws IOException {
        Path link = tree.resolve("vmlinuz");
        if (!Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException("there is no kernel among " + String.join(", ", PACKAGES));
        }
        return Files.readSymbolicLink(link).getFileName().toString().replaceFirst("^vmlinuz-", "");
    }
}
