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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Makes a disk that a machine's firmware boots by itself, with GRUB: a partition table and a partition with ext4. Nothing is
 * mounted for it.
 *
 * <p>A BIOS executes the first sector, GRUB's own boot code, which reads the rest of GRUB from the second on, in the gap before
 * the partition; where that lies is what its installer would write there, and what it holds already. A UEFI executes a file of
 * another partition, with FAT, the ESP.
 */
public final class BootDisk {
    static final String LABEL = "root";

    /** Where Debian's packages have the pieces of GRUB for a BIOS, and for a UEFI. */
    private static final Path GRUB = Path.of("/usr/lib/grub/i386-pc");

    private static final Path GRUB_EFI = Path.of("/usr/lib/grub/x86_64-efi");
    private static final String BOOT_CODE = "boot.img";
    private static final String GRUB_PACKAGE = "grub-common";
    /** What GRUB does on either, beside reading its own disk. */
    private static final List<String> MODULES =
            List.of("part_msdos", "ext2", "normal", "linux", "serial", "terminal", "echo", "boot");

    private static final Duration TIMEOUT = Duration.ofMinutes(1);
    private static final int SECTOR = 512;
    /** What the boot code takes of the first sector; the table comes behind. */
    private static final int CODE_BYTES = 440;

    private static final int TABLE_OFFSET = 446;
    private static final int FIRST_SECTOR = 2048;
    /** Sixteen mebibytes, the least of which FAT is one with 16 bits. */
    private static final int ESP_SECTORS = 32768;

    private static final byte ACTIVE = (byte) 0x80;
    private static final byte LINUX = (byte) 0x83;
    private static final byte ESP = (byte) 0xef;
    /** Cylinder, head and sector of what lies beyond what they can say. */
    private static final byte[] BEYOND = {(byte) 0xfe, (byte) 0xff, (byte) 0xff};

    private BootDisk() {}

    /** Returns whether this host has the pieces of GRUB that such a disk gets for a firmware. */
    public static boolean hasLoader(Firmware firmware) {
        return switch (firmware) {
            case BIOS -> Files.isReadable(GRUB.resolve(BOOT_CODE));
            case UEFI -> Files.isReadable(GRUB_EFI.resolve("kernel.img"));
        };
    }

    /**
     * Writes a disk.
     *
     * @param tree with kernel, initial RAM disk and GRUB's configuration
     * @param raw file to write; must not exist
     * @param scratch directory for small files
     * @throws IOException if a tool is missing or fails
     */
    static void build(Firmware firmware, Path tree, Path raw, Path scratch) throws IOException {
        switch (firmware) {
            case BIOS -> buildBios(tree, raw, scratch);
            case UEFI -> buildUefi(tree, raw, scratch);
        }
    }

    private static void buildBios(Path tree, Path raw, Path scratch) throws IOException {
        long bytes = DiskBuilder.buildPartition(tree, raw, (long) FIRST_SECTOR * SECTOR, LABEL);
        Path core = scratch.resolve("core.img");
        makeImage("i386-pc", core, List.of("--prefix=(hd0,msdos1)/boot/grub"), List.of("biosdisk"));
        byte[] loader = Files.readAllBytes(core);
        if (loader.length > (FIRST_SECTOR - 1) * SECTOR) {
            throw new IOException("GRUB has " + loader.length + " bytes, more than the gap before a partition holds");
        }
        try (RandomAccessFile disk = new RandomAccessFile(raw.toFile(), "rw")) {
            disk.write(firstSector(
                    Files.readAllBytes(GRUB.resolve(BOOT_CODE)),
                    List.of(new Partition(ACTIVE, LINUX, FIRST_SECTOR, bytes / SECTOR))));
            disk.write(loader);
        }
        Files.delete(core);
    }

    private static void buildUefi(Path tree, Path raw, Path scratch) throws IOException {
        int root = FIRST_SECTOR + ESP_SECTORS;
        long bytes = DiskBuilder.buildPartition(tree, raw, (long) root * SECTOR, LABEL);
        // A UEFI counts disks as it likes, so that GRUB has to look for its own.
        Path search = Files.writeString(
                scratch.resolve("search.cfg"), "search.fs_label " + LABEL + " root\nset prefix=($root)/boot/grub\n");
        Path loader = scratch.resolve("boot.efi");
        makeImage(
                "x86_64-efi",
                loader,
                List.of("--prefix=/boot/grub", "--config=" + search),
                List.of("search_label", "fat"));
        Path esp = scratch.resolve("esp");
        mtool("mformat", esp, "-C", "-T", Integer.toString(ESP_SECTORS), "-h", "16", "-s", "63", "::");
        mtool("mmd", esp, "::/EFI", "::/EFI/BOOT");
        mtool("mcopy", esp, loader.toString(), "::/EFI/BOOT/BOOTX64.EFI");
        try (RandomAccessFile disk = new RandomAccessFile(raw.toFile(), "rw")) {
            disk.write(firstSector(
                    new byte[CODE_BYTES],
                    List.of(
                            new Partition((byte) 0, ESP, FIRST_SECTOR, ESP_SECTORS),
                            new Partition((byte) 0, LINUX, root, bytes / SECTOR))));
            disk.seek((long) FIRST_SECTOR * SECTOR);
            disk.write(Files.readAllBytes(esp));
        }
        for (Path made : List.of(search, loader, esp)) {
            Files.delete(made);
        }
    }

    private static void makeImage(String format, Path output, List<String> options, List<String> further)
            throws IOException {
        List<String> command = new ArrayList<>(List.of("grub-mkimage", "--format=" + format, "--output=" + output));
        command.addAll(options);
        command.addAll(MODULES);
        command.addAll(further);
        ExternalTool.run(GRUB_PACKAGE, TIMEOUT, Map.of(), command);
    }

    private static void mtool(String name, Path image, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(name, "-i", image.toString()));
        command.addAll(List.of(arguments));
        ExternalTool.run("mtools", TIMEOUT, Map.of(), command);
    }

    /**
     * Is a part of a disk.
     *
     * @param state whether a BIOS boots it, as the table says it
     * @param type as the table says it
     * @param first its first sector
     * @param sectors how many it has
     */
    record Partition(byte state, byte type, int first, long sectors) {}

    /** Returns the boot code with a table of partitions. */
    static byte[] firstSector(byte[] bootCode, List<Partition> partitions) {
        ByteBuffer sector = ByteBuffer.allocate(SECTOR).order(ByteOrder.LITTLE_ENDIAN);
        sector.put(Arrays.copyOf(bootCode, CODE_BYTES)).position(TABLE_OFFSET);
        for (Partition partition : partitions) {
            sector.put(partition.state)
                    .put(BEYOND)
                    .put(partition.type)
                    .put(BEYOND)
                    .putInt(partition.first)
                    .putInt((int) partition.sectors);
        }
        sector.put(SECTOR - 2, (byte) 0x55).put(SECTOR - 1, (byte) 0xaa);
        return sector.array();
    }
}
