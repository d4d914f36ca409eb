package dev.bench.guest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

final class KernelModulesTest {
    @TempDir
    private Path directory = Path.of("");

    @BeforeEach
    void describeAKernel() throws IOException {
        Files.writeString(directory.resolve("modules.builtin"), "kernel/drivers/virtio/virtio_ring.ko\n");
        // As depmod writes it: what a module needs, the nearest first.
        Files.writeString(
                directory.resolve("modules.dep"),
                "kernel/virtio_pci.ko.xz: kernel/virtio-modern.ko.xz kernel/virtio_ring.ko.xz\n"
                        + "kernel/virtio-modern.ko.xz:\n"
                        + "kernel/ext4.ko.xz: kernel/jbd2.ko.xz kernel/mbcache.ko.xz kernel/crc16.ko.xz\n"
                        + "kernel/jbd2.ko.xz: kernel/crc16.ko.xz\n"
                        + "kernel/mbcache.ko.xz:\n"
                        + "kernel/crc16.ko.xz:\n"
                        + "kernel/crc32c_generic.ko.xz: kernel/crypto_hash.ko.xz\n"
                        + "kernel/crypto_hash.ko.xz:\n");
        Files.writeString(
                directory.resolve("modules.softdep"),
                "# a comment\nsoftdep ext4 pre: crc32c-generic not_there post: virtio_pci\n");
    }

    @Test
    void comesWithWhatAModuleNeedsFirst() throws IOException {
        List<String> order = resolve("ext4");

        assertEquals(List.copyOf(new LinkedHashSet<>(order)), order);
        assertTrue(order.indexOf("crc16") < order.indexOf("jbd2"), order.toString());
        assertTrue(order.indexOf("jbd2") < order.indexOf("ext4"), order.toString());
        assertTrue(order.indexOf("mbcache") < order.indexOf("ext4"), order.toString());
    }

    @Test
    void comesWithWhatAModuleAsksForWithoutNeedingIt() throws IOException {
        List<String> order = resolve("ext4");

        assertTrue(order.contains("crc32c_generic"), order.toString());
        assertTrue(order.indexOf("crypto_hash") < order.indexOf("crc32c_generic"), order.toString());
        assertTrue(order.indexOf("crc32c_generic") < order.indexOf("ext4"), order.toString());
        assertEquals("ext4", order.get(order.size() - 1));
    }

    @Test
    void leavesOutWhatTheKernelHasBuiltIn() throws IOException {
        assertEquals(List.of("virtio-modern", "virtio_pci"), resolve("virtio_pci"));
        assertEquals(List.of(), resolve("virtio-ring"));
    }

    @Test
    void loadsNoModuleTwice() throws IOException {
        List<String> order = resolve("jbd2", "ext4", "virtio_pci", "virtio-pci");

        assertEquals(order.stream().distinct().toList(), order);
        assertEquals("crc16", order.get(0));
    }

    @Test
    void endsWhereModulesAskForOneAnother() throws IOException {
        Files.writeString(
                directory.resolve("modules.softdep"), "softdep crc16 pre: mbcache\nsoftdep mbcache pre: crc16\n");

        assertEquals(List.of("mbcache", "crc16"), resolve("crc16"));
    }

    @Test
    void saysWhichModuleIsMissingAndWhatToTry() {
        IOException missing = assertThrows(IOException.class, () -> resolve("virtio_net"));

        String message = String.valueOf(missing.getMessage());
        assertTrue(message.contains("no module virtio_net"), message);
        assertTrue(message.contains("libvirt.kernel"), message);
    }

    @Test
    void saysSoWhereThereAreNoModulesAtAll() {
        assertThrows(IOException.class, () -> new KernelModules(directory.resolve("none")).resolve(List.of("ext4")));
    }

    @Test
    void unpacksAModuleHoweverItIsPacked() throws IOException {
        byte[] content = "a module ".repeat(1_000).getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream gzip = new ByteArrayOutputStream();
        pack(new GZIPOutputStream(gzip), content);
        ByteArrayOutputStream xz = new ByteArrayOutputStream();
        pack(new XZOutputStream(xz, new LZMA2Options()), content);
        ByteArrayOutputStream zstd = new ByteArrayOutputStream();
        pack(new ZstdOutputStream(zstd), content);

        assertArrayEquals(content, read("m.ko", content));
        assertArrayEquals(content, read("m.ko.gz", gzip.toByteArray()));
        assertArrayEquals(content, read("m.ko.xz", xz.toByteArray()));
        assertArrayEquals(content, read("m.ko.zst", zstd.toByteArray()));
    }

    private byte[] read(String name, byte[] packed) throws IOException {
        return KernelModules.read(Files.write(directory.resolve(name), packed));
    }

    private static void pack(OutputStream stream, byte[] content) throws IOException {
        try (stream) {
            stream.write(content);
        }
    }

    private List<String> resolve(String... wanted) throws IOException {
        return new KernelModules(directory)
                .resolve(List.of(wanted)).stream()
                        .map(file -> file.getFileName().toString().replace(".ko.xz", ""))
                        .toList();
    }
}
