package dev.bench.guest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the writable layer of a virtual disk: an empty qcow2 file over a read-only one.
 *
 * <p>Written here and not by {@code qemu-img}, whose start takes longer than all of the writing (QEMU
 * docs/interop/qcow2.txt, version 3).
 */
public final class Qcow2Overlay {
    private static final int MAGIC = 0x514649fb;
    private static final int CLUSTER_BITS = 16;
    static final int CLUSTER = 1 << CLUSTER_BITS;
    private static final int BASE_OFFSET = 8;
    private static final int BASE_LENGTH = 16;
    private static final int L1_ENTRIES = 36;
    private static final int L1_OFFSET = 40;
    private static final int L1_FIELDS = 48;
    /** The bits of an entry of either table that are an offset. */
    private static final long OFFSET_MASK = 0x00fffffffffffe00L;

    private static final int HEADER_BYTES = 104;
    /** A disk ends with a whole sector; QEMU fills up the last one of a raw file, and cuts that of an overlay. */
    private static final int SECTOR = 512;

    private static final int BACKING_FORMAT = 0xe2792aca;
    /** One cluster of an L1 table maps 8192 L2 tables of 512 MiB each. */
    private static final long LARGEST = (CLUSTER / 8L) * (CLUSTER / 8L) * CLUSTER;

    private Qcow2Overlay() {}

    /**
     * Creates an overlay.
     *
     * @param file what to write; must not exist
     * @param base the qcow2 or raw file below it, by absolute path
     * @throws IOException where it cannot be written
     */
    public static void create(Path file, Path base) throws IOException {
        Base facts = Base.read(base);
        if (facts.size() > LARGEST) {
            throw new IOException(base + " is larger than an overlay of one L1 cluster can map");
        }
        byte[] name = base.toString().getBytes(StandardCharsets.UTF_8);
        byte[] format = facts.format().getBytes(StandardCharsets.US_ASCII);
        ByteBuffer image = ByteBuffer.allocate(4 * CLUSTER);
        int l1Entries = (int) ((facts.size() + (CLUSTER / 8L) * CLUSTER - 1) / ((CLUSTER / 8L) * CLUSTER));
        int extensionBytes = 8 + ((format.length + 7) & ~7) + 8;
        image.putInt(MAGIC).putInt(3).putLong(HEADER_BYTES + extensionBytes).putInt(name.length);
        image.putInt(CLUSTER_BITS).putLong(facts.size()).putInt(0);
        image.putInt(l1Entries).putLong(3L * CLUSTER);
        image.putLong(CLUSTER).putInt(1);
        image.putInt(0).putLong(0);
        image.putLong(0).putLong(0).putLong(0).putInt(4).putInt(HEADER_BYTES);
        image.putInt(BACKING_FORMAT).putInt(format.length).put(format);
        image.position(HEADER_BYTES + extensionBytes).put(name);
        // Refcount table, its one block, and a count of 1 for header, table, block and L1 table.
        image.putLong(CLUSTER, 2L * CLUSTER);
        for (int cluster = 0; cluster < 4; cluster++) {
            image.putShort(2 * CLUSTER + 2 * cluster, (short) 1);
        }
        image.clear();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            while (image.hasRemaining()) {
                channel.write(image);
            }
        }
    }

    /**
     * States what lies below.
     *
     * @param size virtual size in bytes
     * @param format {@code qcow2} or {@code raw}
     */
    record Base(long size, String format) {
        static Base read(Path file) throws IOException {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                ByteBuffer header = ByteBuffer.allocate(32);
                while (header.hasRemaining() && channel.read(header) >= 0) {
                    // Short reads are possible; a file under 32 bytes is not qcow2.
                }
                return header.getInt(0) == MAGIC
                        ? new Base(header.getLong(24), "qcow2")
                        : new Base((channel.size() + SECTOR - 1) / SECTOR * SECTOR, "raw");
            }
        }
    }

    /**
     * Returns the bytes of those clusters that were written over the base, also while a guest writes more: both of its
     * tables are read, and what they point to in the overlay is counted.
     *
     * <p>Format: {@code docs/interop/qcow2.txt} of QEMU.
     */
    public static long writtenBytes(Path overlay) throws IOException {
        return (long) writtenClusters(overlay).size() * CLUSTER;
    }

    /** Returns where those clusters begin, as the guest sees the disk. */
    static List<Long> writtenClusters(Path overlay) throws IOException {
        try (FileChannel channel = FileChannel.open(overlay, StandardOpenOption.READ)) {
            ByteBuffer header = read(channel, 0, L1_FIELDS);
            int entries = header.getInt(L1_ENTRIES);
            ByteBuffer l1 = read(channel, header.getLong(L1_OFFSET), entries * Long.BYTES);
            List<Long> clusters = new ArrayList<>();
            for (int i = 0; i < entries; i++) {
                long table = l1.getLong(i * Long.BYTES) & OFFSET_MASK;
                ByteBuffer l2 = table == 0 ? ByteBuffer.allocate(0) : read(channel, table, CLUSTER);
                for (int at = 0; at < l2.capacity(); at += Long.BYTES) {
                    if ((l2.getLong(at) & OFFSET_MASK) != 0) {
                        clusters.add(((long) i * CLUSTER + at) / Long.BYTES * CLUSTER);
                    }
                }
            }
            return clusters;
        }
    }

    /** Returns the file below an overlay that {@link #create} has made. */
    static Path base(Path overlay) throws IOException {
        try (FileChannel channel = FileChannel.open(overlay, StandardOpenOption.READ)) {
            ByteBuffer header = read(channel, 0, L1_FIELDS);
            ByteBuffer name = read(channel, header.getLong(BASE_OFFSET), header.getInt(BASE_LENGTH));
            return Path.of(StandardCharsets.UTF_8.decode(name.clear()).toString());
        }
    }

    /** Reads a piece, zeros beyond the end. */
    static ByteBuffer read(FileChannel channel, long from, int length) throws IOException {
        ByteBuffer piece = ByteBuffer.allocate(length);
        while (piece.hasRemaining() && channel.read(piece, from + piece.position()) >= 0) {
            // Short reads are possible.
        }
        return piece;
    }

    /** Returns the format of a disk, {@code qcow2} or {@code raw}. */
    public static String formatOf(Path file) throws IOException {
        return Base.read(file).format();
    }

    /** Returns the size in bytes of a disk as its guest sees it. */
    public static long virtualSize(Path file) throws IOException {
        return Base.read(file).size();
    }
}
