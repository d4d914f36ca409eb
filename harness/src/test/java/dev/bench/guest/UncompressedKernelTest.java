package dev.bench.guest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

class UncompressedKernelTest {
    private static final Path IMAGE = Path.of("/boot/vmlinuz");
    private static final int PAYLOAD = 0x400;

    @TempDir
    private Path directory;

    private interface Compressor {
        OutputStream into(OutputStream packed) throws IOException;
    }

    private static byte[] compressed(Compressor compressor, byte[] content) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream stream = compressor.into(packed)) {
            stream.write(content);
        }
        return packed.toByteArray();
    }

    /** Returns a bzImage of one sector of set-up code; behind what is compressed stands the size of what it holds. */
    private static byte[] image(byte[] packed, int size) {
        ByteBuffer image = ByteBuffer.allocate(PAYLOAD + packed.length + 4 + 16).order(ByteOrder.LITTLE_ENDIAN);
        image.put(0x1f1, (byte) 1).putInt(0x248, 0).putInt(0x24c, packed.length + 4);
        image.position(PAYLOAD);
        return image.put(packed).putInt(size).array();
    }

    private static byte[] unpacked(byte[] packed, int size) throws IOException {
        return UncompressedKernel.unpack(IMAGE, image(packed, size));
    }

    @Test
    void takesOutWhateverTheKernelIsCompressedWith() throws IOException {
        byte[] content = "a kernel ".repeat(5_000).getBytes(StandardCharsets.US_ASCII);

        // gzip ends with the size itself; a second one does no harm.
        assertArrayEquals(content, unpacked(compressed(GZIPOutputStream::new, content), content.length));
        assertArrayEquals(content, unpacked(compressed(ZstdOutputStream::new, content), content.length));
        assertArrayEquals(
                content,
                unpacked(
                        compressed(packed -> new XZOutputStream(packed, new LZMA2Options()), content), content.length));
    }

    @Test
    void unpacksLz4WhoseMatchesReachIntoThemselvesAndWhoseLengthsGoOn() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        packed.writeBytes(littleEndian(Lz4.MAGIC));
        // Two literals, a match of 4 + 15 + 255 + 1 at a distance of two; then literals only.
        byte[] first = {0x2f, 'a', 'b', 2, 0, (byte) 255, 1, 0x10, 'c'};
        byte[] second = {0x30, 'd', 'e', 'f'};
        packed.writeBytes(littleEndian(first.length));
        packed.writeBytes(first);
        packed.writeBytes(littleEndian(second.length));
        packed.writeBytes(second);
        String content = "ab".repeat(1) + "ab".repeat(137) + "a" + "c" + "def";

        assertEquals(content, new String(unpacked(packed.toByteArray(), content.length()), StandardCharsets.US_ASCII));
    }

    private static byte[] littleEndian(int value) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array();
    }

    @Test
    void saysWhatIsWrongWithAnImage() {
        assertEquals(
                "cannot unpack the kernel /boot/vmlinuz: it is compressed neither with gzip, xz, zstd nor LZ4; choose"
                        + " another kernel, or take boot: bzimage",
                message(image("BZh9....".getBytes(StandardCharsets.US_ASCII), 8)));
        assertEquals("cannot unpack the kernel /boot/vmlinuz: its header is damaged", message(new byte[0x300]));
        byte[] short4 = image(littleEndian(Lz4.MAGIC), 8);
        assertEquals(
                "cannot unpack the kernel /boot/vmlinuz: it is damaged: LZ4 data of 8 bytes do not unpack",
                message(short4));
    }

    private static String message(byte[] image) {
        return assertThrows(IOException.class, () -> UncompressedKernel.unpack(IMAGE, image))
                .getMessage();
    }

    /** Returns an ELF file with a segment of notes, of which the second tells the PVH entry or something else. */
    private static byte[] elf(int type) {
        ByteBuffer elf = ByteBuffer.allocate(256).order(ByteOrder.LITTLE_ENDIAN);
        elf.putInt(0, 0x464c457f).putLong(32, 64).putShort(54, (short) 56).putShort(56, (short) 1);
        elf.putInt(64, 4).putLong(64 + 8, 128).putLong(64 + 32, 44);
        elf.position(128);
        elf.putInt(4)
                .putInt(2)
                .putInt(1)
                .put("GNU\0".getBytes(StandardCharsets.US_ASCII))
                .putInt(7);
        elf.putInt(4)
                .putInt(4)
                .putInt(type)
                .put("Xen\0".getBytes(StandardCharsets.US_ASCII))
                .putInt(0x1000000);
        return elf.array();
    }

    @Test
    void keepsWhatHasAnEntryAndRefusesWhatHasNone() throws IOException {
        assertTrue(UncompressedKernel.hasEntry(elf(18)));
        assertFalse(UncompressedKernel.hasEntry(elf(1)));
        assertFalse(UncompressedKernel.hasEntry(new byte[10]));

        Path with = Files.write(directory.resolve("with"), image(compressed(GZIPOutputStream::new, elf(18)), 256));
        Path without = Files.write(directory.resolve("without"), image(compressed(GZIPOutputStream::new, elf(1)), 256));
        Path cache = directory.resolve("cache");
        GuestKernel kernel = UncompressedKernel.of(new GuestKernel(with, "6.1"), cache);

        assertEquals("6.1", kernel.release());
        assertArrayEquals(elf(18), Files.readAllBytes(kernel.image()));
        assertEquals("rw-r--r--", PosixFilePermissions.toString(Files.getPosixFilePermissions(kernel.image())));
        assertEquals(kernel, UncompressedKernel.of(new GuestKernel(with, "6.1"), cache));
        assertEquals(
                without + " has no PVH entry (CONFIG_PVH); choose another kernel, or take boot: bzimage",
                assertThrows(IOException.class, () -> UncompressedKernel.of(new GuestKernel(without, "6.1"), cache))
                        .getMessage());
        try (Stream<Path> kept = Files.list(cache.resolve("kernels"))) {
            assertEquals(1, kept.count());
        }
    }
}
