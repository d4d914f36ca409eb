package dev.bench.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bench.host.Commands;
import dev.bench.host.Executables;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class Qcow2OverlayTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    @TempDir
    private Path directory = Path.of("");

    @Test
    void isASoundImageOverARawDisk() throws IOException {
        isSoundOver(raw("a disk", 5L << 20), "raw", 5L << 20);
    }

    @Test
    void isASoundImageWhateverTheLengthOfTheBasesName() throws IOException {
        for (int length : new int[] {1, 8, 120}) {
            isSoundOver(raw("n".repeat(length), 1L << 20), "raw", 1L << 20);
        }
    }

    @Test
    void isASoundImageOverAnotherOfItsKind() throws IOException {
        needsQemu();
        Path base = directory.resolve("base.qcow2");
        qemu("create", "-q", "-f", "qcow2", base.toString(), "3G");

        isSoundOver(base, "qcow2", 3L << 30);
    }

    @Test
    void mapsADiskOfManyTables() throws IOException {
        // One table of 8192 clusters of 64 KiB maps 512 MiB; one byte over a border needs one table more.
        isSoundOver(raw("border", 512L << 20), "raw", 512L << 20);
        isSoundOver(raw("over", (512L << 20) + 512), "raw", (512L << 20) + 512);
        isSoundOver(raw("huge", 4L << 40), "raw", 4L << 40);
    }

    @Test
    void readsTheBaseThroughAndTakesWrites() throws IOException {
        needsQemu();
        Path base = raw("base", 2L << 20);
        try (RandomAccessFile file = new RandomAccessFile(base.toFile(), "rw")) {
            file.seek(1_000_000);
            file.write(77);
        }
        Path overlay = directory.resolve("overlay");
        Qcow2Overlay.create(overlay, base);
        Path copy = directory.resolve("copy");
        qemu("convert", "-O", "raw", overlay.toString(), copy.toString());

        assertEquals(-1, Files.mismatch(base, copy));
    }

    @Test
    void countsTheClustersThatWereWrittenOverTheBase() throws IOException {
        needsQemu();
        Path overlay = directory.resolve("overlay");
        Qcow2Overlay.create(overlay, raw("base", 1L << 30));
        assertEquals(0, Qcow2Overlay.writtenBytes(overlay));

        Commands.runOrThrow(
                TIMEOUT,
                List.of(
                        "qemu-io",
                        "-f",
                        "qcow2",
                        "-c",
                        "write 100k 1k",
                        "-c",
                        "write 127k 2k",
                        "-c",
                        "write 800M 64k",
                        overlay.toString()));

        assertEquals(3L << 16, Qcow2Overlay.writtenBytes(overlay));
    }

    @Test
    void cutsNothingOffADiskThatEndsWithinASector() throws IOException {
        isSoundOver(raw("odd", 1_000), "raw", 1_024);
    }

    @Test
    void overwritesNothing() throws IOException {
        Path base = raw("base", 1L << 20);
        Path existing = Files.writeString(directory.resolve("existing"), "mine");

        assertThrows(FileAlreadyExistsException.class, () -> Qcow2Overlay.create(existing, base));
        assertEquals("mine", Files.readString(existing));
    }

    @Test
    void refusesADiskThatOneTableCannotMap() throws IOException {
        Path base = directory.resolve("base");
        // A header is enough: 4 TiB and a cluster.
        byte[] header = new byte[32];
        System.arraycopy(new byte[] {0x51, 0x46, 0x49, (byte) 0xfb, 0, 0, 0, 3}, 0, header, 0, 8);
        header[26] = 4;
        header[29] = 1;
        Files.write(base, header);

        IOException tooLarge =
                assertThrows(IOException.class, () -> Qcow2Overlay.create(directory.resolve("overlay"), base));
        assertTrue(String.valueOf(tooLarge.getMessage()).contains("larger"), tooLarge.getMessage());
    }

    @Test
    void tellsTheFormatOfADisk() throws IOException {
        Path base = raw("base", 4096);
        Path overlay = directory.resolve("overlay");
        Qcow2Overlay.create(overlay, base);

        assertEquals("raw", Qcow2Overlay.formatOf(base));
        assertEquals("qcow2", Qcow2Overlay.formatOf(overlay));
        assertEquals("raw", Qcow2Overlay.formatOf(Files.writeString(directory.resolve("tiny"), "QFI")));
    }

    private Path raw(String name, long size) throws IOException {
        Path file = directory.resolve(name);
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(size);
        }
        return file;
    }

    private void isSoundOver(Path base, String format, long size) throws IOException {
        needsQemu();
        Path overlay = directory.resolve("over-" + base.getFileName());
        Qcow2Overlay.create(overlay, base);

        JsonNode check = new ObjectMapper().readTree(qemu("check", "--output=json", overlay.toString()));
        assertEquals(0, check.path("check-errors").asInt(-1), check.toString());
        assertEquals(0, check.path("leaks").asInt(0), check.toString());
        assertEquals(0, check.path("corruptions").asInt(0), check.toString());
        JsonNode info = new ObjectMapper().readTree(qemu("info", "--output=json", overlay.toString()));
        assertEquals(size, info.path("virtual-size").asLong());
        assertEquals(base.toString(), info.path("full-backing-filename").asText());
        assertEquals(format, info.path("backing-filename-format").asText());
        Files.delete(overlay);
    }

    private static void needsQemu() {
        assumeTrue(Executables.find("qemu-img").isPresent(), "there is no qemu-img here");
    }

    private static String qemu(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("qemu-img"));
        command.addAll(List.of(arguments));
        return Commands.runOrThrow(TIMEOUT, command);
    }
}
