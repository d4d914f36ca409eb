package dev.bench.guest;

import dev.bench.image.DiskBuilder;
import dev.bench.image.ExternalTool;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Makes a disk that a BIOS boots by itself: a partition table, GRUB in the gap behind it, and one partition with ext4. Nothing
 * is mounted for it.
 *
 * <p>The first sector is GRUB's own boot code, which reads the rest of GRUB from the second on; where that lies is what its
 * installer would write there, and what it holds already.
 */
public final class BootDisk {
    static final String LABEL = "root";

    /** Where Debian's packages have the pieces of GRUB for a BIOS. */
    private static final Path GRUB = Path.of("/usr/lib/grub/i386-pc");

    private static final String BOOT_CODE = "boot.img";
    private static final String GRUB_PACKAGE = "grub-common";
    private static final Duration TIMEOUT = Duration.ofMinutes(1);
    private static final int SECTOR = 512;
    /** What the boot code takes of the first sector; the table comes behind. */
    private static final int CODE_BYTES = 440;

    private static final int TABLE_OFFSET = 446;
    private static final int FIRST_SECTOR = 2048;
    private static final byte ACTIVE = (byte) 0x80;
    private static final byte LINUX = (byte) 0x83;
    /** Cylinder, head and sector of what lies beyond what they can say. */
    private static final byte[] BEYOND = {(byte) 0xfe, (byte) 0xff, (byte) 0xff};

    private BootDisk() {}

    /** Returns whether this host has the pieces of GRUB that such a disk gets. */
    public static boolean hasLoader() {
        return Files.isReadable(GRUB.resolve(BOOT_CODE));
    }

    /**
     * Writes a disk.
     *
     * @param tree with kernel, initial RAM disk and GRUB's configuration
     * @param raw file to write; must not exist
     * @param scratch directory for a small file
     * @throws IOException if a tool is missing or fails
     */
    static void build(Path tree, Path raw, Path scratch) throws IOException {
        long bytes = DiskBuilder.buildPartition(tree, raw, (long) FIRST_SECTOR * SECTOR, LABEL);
        Path core = scratch.resolve("core.img");
        ExternalTool.run(
                GRUB_PACKAGE,
                TIMEOUT,
                Map.of(),
                List.of(
                        "grub-mkimage",
                        "--format=i386-pc",
                        "--output=" + core,
                        "--prefix=(hd0,msdos1)/boot/grub",
                        "biosdisk",
                        "part_msdos",
                        "ext2",
                        "normal",
                        "linux",
                        "serial",
                        "terminal",
                        "echo",
                        "boot"));
        byte[] loader = Files.readAllBytes(core);
        if (loader.length > (FIRST_SECTOR - 1) * SECTOR) {
            throw new IOException("GRUB has " + loader.length + " bytes, more than the gap before a partition holds");
        }
        try (RandomAccessFile disk = new RandomAccessFile(raw.toFile(), "rw")) {
            disk.write(firstSector(Files.readAllBytes(GRUB.resolve(BOOT_CODE)), bytes / SECTOR));
            disk.write(loader);
        }
        Files.delete(core);
    }

    /** Returns the boot code with a table of one partition of so many sectors. */
    static byte[] firstSector(byte[] bootCode, long sectors) {
        ByteBuffer sector = ByteBuffer.allocate(SECTOR).order(ByteOrder.LITTLE_ENDIAN);
        sector.put(Arrays.copyOf(bootCode, CODE_BYTES)).position(TABLE_OFFSET);
        sector.put(ACTIVE)
                .put(BEYOND)
                .put(LINUX)
                .put(BEYOND)
                .putInt(FIRST_SECTOR)
                .putInt((int) sectors);
        sector.put(SECTOR - 2, (byte) 0x55).put(SECTOR - 1, (byte) 0xaa);
        return sector.array();
    }
}
