package dev.bench.image;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Makes a file tree the one ext4 file system of a qcow2 disk. */
public final class DiskBuilder {
    private static final long MEBIBYTE = 1 << 20;
    private static final long BLOCK = 4096;

    /** What an image's disk can hold beside the image, at least. */
    public static final long LEAST_HEADROOM = 512 * MEBIBYTE;

    private static final long BYTES_PER_INODE = 16384;
    private static final long EMPTY_HEADROOM = 128 * MEBIBYTE;
    private static final Duration TIMEOUT = Duration.ofMinutes(10);

    /**
     * How file systems are made: a container's root may use every block, so may a guest's; and inode tables are written now,
     * so that no guest has a background thread doing so while it is timed. The journal of a fresh sparse file is zero already.
     */
    private static final List<String> FILE_SYSTEM = List.of("-b", Long.toString(BLOCK), "-m", "0", "-E");

    private static final String EXTENDED = "nodiscard,lazy_itable_init=0,lazy_journal_init=1";

    private long bytes;
    private long inodes;

    private DiskBuilder() {}

    /**
     * Writes a disk.
     *
     * @param tree with owners, device nodes and extended attributes, all of which the disk keeps
     * @param disk file to write, qcow2
     * @param scratch directory for the raw form, which is removed
     * @param identity what the file system's UUID is derived from
     * @throws IOException if a tool is missing or fails
     */
    static void build(Path tree, Path disk, Path scratch, String identity) throws IOException {
        Path raw = scratch.resolve("disk.raw");
        buildRaw(tree, raw, identity);
        convert(raw, disk);
        Files.delete(raw);
    }

    /**
     * Writes a disk that is a file system byte by byte, with holes.
     *
     * @param tree as for {@link #build}
     * @param raw file to write; must not exist
     * @param identity what the file system's UUID is derived from
     * @throws IOException if a tool is missing or fails
     */
    public static void buildRaw(Path tree, Path raw, String identity) throws IOException {
        makeFileSystem(tree, raw, 0, identity, List.of());
        // no other substrate's tree has it
        ExternalTool.run(
                "e2fsprogs", TIMEOUT, Map.of(), List.of("debugfs", "-w", "-R", "rmdir /lost+found", raw.toString()));
    }

    /**
     * Writes a disk of which one part, from somewhere to its end, is a file system; what is before is for others to write.
     *
     * @param tree as for {@link #build}
     * @param raw file to write; must not exist
     * @param offset where the file system begins, in bytes
     * @param label what it is found by
     * @return its size in bytes
     * @throws IOException if a tool is missing or fails
     */
    public static long buildPartition(Path tree, Path raw, long offset, String label) throws IOException {
        return makeFileSystem(tree, raw, offset, label, List.of("-L", label));
    }

    private static long makeFileSystem(Path tree, Path raw, long offset, String identity, List<String> further)
            throws IOException {
        DiskBuilder size = new DiskBuilder();
        size.measure(PosixFiles.byteString(tree));
        // as much again as the tree, since a container may fill its host's disk
        long capacity = size.bytes + size.bytes / 16 + Math.max(LEAST_HEADROOM, size.bytes);
        capacity = (capacity + MEBIBYTE - 1) / MEBIBYTE * MEBIBYTE;
        try (RandomAccessFile file = new RandomAccessFile(raw.toFile(), "rw")) {
            file.setLength(offset + capacity);
        }
        List<String> command = new ArrayList<>(List.of("mke2fs", "-q", "-F", "-t", "ext4"));
        command.addAll(FILE_SYSTEM);
        command.add(EXTENDED + (offset > 0 ? ",offset=" + offset : ""));
        command.addAll(further);
        command.addAll(List.of(
                "-N",
                Long.toString(Math.max(capacity / BYTES_PER_INODE, size.inodes * 2)),
                "-U",
                UUID.nameUUIDFromBytes(identity.getBytes(StandardCharsets.UTF_8))
                        .toString(),
                "-d",
                tree.toString(),
                raw.toString(),
                capacity / 1024 + "k"));
        ExternalTool.run("e2fsprogs", TIMEOUT, Map.of(), command);
        return capacity;
    }

    /**
     * Writes a disk that is an empty ext4 file system.
     *
     * @param disk file to write; must not exist
     * @param bytes how much data it has to hold
     * @param format {@code raw} or {@code qcow2}
     * @throws IOException if a tool is missing or fails
     */
    public static void buildEmpty(Path disk, long bytes, String format) throws IOException {
        boolean raw = format.equals("raw");
        Path written = raw ? disk : disk.resolveSibling(disk.getFileName() + ".raw");
        long capacity = (bytes + bytes / 4 + EMPTY_HEADROOM + MEBIBYTE - 1) / MEBIBYTE * MEBIBYTE;
        try {
            try (RandomAccessFile file = new RandomAccessFile(written.toFile(), "rw")) {
                file.setLength(capacity);
            }
            List<String> makeFileSystem = new ArrayList<>(List.of("mke2fs", "-q", "-F", "-t", "ext4"));
            makeFileSystem.addAll(FILE_SYSTEM);
            makeFileSystem.add(EXTENDED);
            makeFileSystem.add(written.toString());
            ExternalTool.run("e2fsprogs", TIMEOUT, Map.of(), makeFileSystem);
            if (!raw) {
                convert(written, disk);
            }
        } finally {
            if (!raw) {
                Files.deleteIfExists(written);
            }
        }
    }

    /** Writes a raw disk as a qcow2 file; zeros take no room in it. */
    public static void convert(Path raw, Path disk) throws IOException {
        ExternalTool.run(
                "qemu-utils",
                TIMEOUT,
                Map.of(),
                List.of(
                        "qemu-img",
                        "convert",
                        "-q",
                        "-W",
                        "-f",
                        "raw",
                        "-O",
                        "qcow2",
                        raw.toString(),
                        disk.toString()));
    }

    private void measure(String path) throws IOException {
        PosixFiles.Status status = PosixFiles.status(path);
        inodes++;
        bytes += (status.size() + BLOCK - 1) / BLOCK * BLOCK;
        if (status.isDirectory()) {
            for (String name : PosixFiles.list(path)) {
                measure(path + "/" + name);
            }
        }
    }
}
