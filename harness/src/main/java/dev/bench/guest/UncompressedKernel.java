package dev.bench.guest;

import dev.bench.host.FileTrees;
import dev.bench.host.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import org.tukaani.xz.SingleXZInputStream;

/**
 * Takes the kernel proper out of a bzImage, as a hypervisor starts it through its PVH entry: neither the set-up code nor the
 * decompressor runs then, and with the decompressor goes the randomisation of the kernel's addresses, which is its work.
 */
public final class UncompressedKernel {
    private static final String DIRECTORY = "kernels";
    private static final int SECTOR = 512;
    /** Places in a bzImage's header (Linux Documentation/arch/x86/boot.rst). */
    private static final int SETUP_SECTORS = 0x1f1;

    private static final int USUAL_SETUP_SECTORS = 4;
    private static final int PAYLOAD_OFFSET = 0x248;
    private static final int PAYLOAD_LENGTH = 0x24c;
    /** Marks of an ELF file, and of the note that tells where a PVH guest is entered (Xen, public/elfnote.h). */
    private static final int ELF_MAGIC = 0x464c457f;

    private static final int PROGRAM_NOTE = 4;
    private static final String NOTE_OWNER = "Xen\0";
    private static final int NOTE_ENTRY = 18;

    private UncompressedKernel() {}

    /**
     * Returns a kernel as one that is entered by PVH; unpacked where this host has not done so yet.
     *
     * @param kernel a bzImage
     * @param cacheDirectory where it is kept
     * @throws IOException where the image cannot be read, is compressed in a form that is not known here, or has no such entry
     */
    public static GuestKernel of(GuestKernel kernel, Path cacheDirectory) throws IOException {
        Path directory = cacheDirectory.resolve(DIRECTORY);
        Path known = directory.resolve(Sha256.of(kernel.image()));
        if (!Files.exists(known)) {
            byte[] elf = unpack(kernel.image(), Files.readAllBytes(kernel.image()));
            if (!hasEntry(elf)) {
                throw new IOException(kernel.image()
                        + " has no PVH entry (CONFIG_PVH); choose another kernel, or take boot: bzimage");
            }
            Files.createDirectories(directory);
            Path temporary = Files.createTempFile(directory, ".tmp-", "");
            try {
                Files.write(temporary, elf);
                // An existing libvirt has its emulators run as another user.
                Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rw-r--r--"));
                Files.move(temporary, known, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                FileTrees.delete(temporary);
            }
        }
        return new GuestKernel(known.toAbsolutePath(), kernel.release());
    }

    /** Returns what a bzImage holds compressed. */
    static byte[] unpack(Path image, byte[] content) throws IOException {
        ByteBuffer header = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        try {
            int sectors = header.get(SETUP_SECTORS) & 0xff;
            int start = ((sectors == 0 ? USUAL_SETUP_SECTORS : sectors) + 1) * SECTOR + header.getInt(PAYLOAD_OFFSET);
            int end = start + header.getInt(PAYLOAD_LENGTH);
            // Whatever the form, the last four bytes are the size of what comes out.
            int size = header.getInt(end - Integer.BYTES);
            byte[] payload = Arrays.copyOfRange(content, start, end);
            return switch (header.getInt(start)) {
                case 0x587a37fd -> read(new SingleXZInputStream(new ByteArrayInputStream(payload)), size);
                case 0xfd2fb528 -> read(Zstd.unpack(new ByteArrayInputStream(payload)), size);
                case Lz4.MAGIC -> Lz4.unpack(payload, size);
                default -> {
                    if (header.getShort(start) != (short) 0x8b1f) {
                        throw new IOException(
                                "it is compressed neither with gzip, xz, zstd nor LZ4; choose another kernel, or take"
                                        + " boot: bzimage");
                    }
                    yield read(new GZIPInputStream(new ByteArrayInputStream(payload)), size);
                }
            };
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            throw new IOException("cannot unpack the kernel " + image + ": its header is damaged", e);
        } catch (IOException e) {
            throw new IOException("cannot unpack the kernel " + image + ": " + e.getMessage(), e);
        }
    }

    private static byte[] read(InputStream packed, int size) throws IOException {
        try (packed) {
            return packed.readNBytes(size);
        }
    }

    /** Returns whether these are an ELF file of 64 bits with a note that tells its PVH entry. */
    static boolean hasEntry(byte[] content) {
        try {
            return hasNote(ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN));
        } catch (IndexOutOfBoundsException | IllegalArgumentException | BufferUnderflowException e) {
            return false;
        }
    }

    private static boolean hasNote(ByteBuffer elf) {
        if (elf.getInt(0) != ELF_MAGIC) {
            return false;
        }
        int table = (int) elf.getLong(32);
        int entryBytes = elf.getShort(54);
        for (int i = 0; i < elf.getShort(56); i++) {
            int program = table + i * entryBytes;
            if (elf.getInt(program) == PROGRAM_NOTE
                    && isAmong(elf.slice((int) elf.getLong(program + 8), (int) elf.getLong(program + 32)))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAmong(ByteBuffer slice) {
        ByteBuffer notes = slice.order(ByteOrder.LITTLE_ENDIAN);
        while (notes.remaining() >= 12) {
            byte[] owner = new byte[notes.getInt()];
            int described = notes.getInt();
            int type = notes.getInt();
            notes.get(owner).position(aligned(notes.position()));
            if (type == NOTE_ENTRY && NOTE_OWNER.equals(new String(owner, StandardCharsets.ISO_8859_1))) {
                return true;
            }
            notes.position(Math.min(notes.limit(), aligned(notes.position() + described)));
        }
        return false;
    }

    private static int aligned(int position) {
        return position + 3 & ~3;
    }
}
