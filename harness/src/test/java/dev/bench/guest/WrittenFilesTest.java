package dev.bench.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.bench.host.Commands;
import dev.bench.host.Executables;
import dev.bench.result.WritableLayer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WrittenFilesTest {
    private static final Duration TIMEOUT = Duration.ofMinutes(1);
    private static final int BLOCK = 4096;

    @TempDir
    private Path directory = Path.of("");

    private Path overlay = Path.of("");

    @BeforeEach
    void makeDisk() throws IOException {
        for (String tool : List.of("mke2fs", "debugfs", "e2fsck", "qemu-img", "qemu-io")) {
            assumeTrue(Executables.find(tool).isPresent(), tool + " is needed");
        }
        Path tree = Files.createDirectories(directory.resolve("tree/srv"));
        Files.write(tree.resolve("large"), filled(64));
        Files.write(tree.resolve("same"), filled(64));
        Files.write(tree.resolve("small"), filled(1));
        Path base = directory.resolve("base");
        Commands.runOrThrow(
                TIMEOUT,
                List.of(
                        "mke2fs",
                        "-q",
                        "-t",
                        "ext4",
                        "-b",
                        "4096",
                        "-d",
                        tree.getParent().toString(),
                        base.toString(),
                        "64M"));
        overlay = directory.resolve("overlay");
        Qcow2Overlay.create(overlay, base);
    }

    private static byte[] filled(int blocks) {
        byte[] bytes = new byte[blocks * BLOCK];
        Arrays.fill(bytes, (byte) 'a');
        return bytes;
    }

    @Test
    void namesTheFilesWhoseBlocksDifferAndNotTheirNeighbours() throws IOException {
        write("large", 3);
        write("large", 40);
        write("small", 0);
        WritableLayer.Content content = WrittenFiles.in(overlay, directory.resolve("scratch"));
        assertEquals(2, content.files());
        assertEquals(List.of("/srv/large", "/srv/small"), content.largest());
        assertTrue(content.bytes() >= 2L * BLOCK, content.toString());
        assertFalse(Files.exists(directory.resolve("scratch")));
    }

    @Test
    void nothingIsWrittenAtFirst() throws IOException {
        assertEquals(
                new WritableLayer.Content(0, 0, List.of()), WrittenFiles.in(overlay, directory.resolve("scratch")));
    }

    /** Writes one block of a file as a guest does that overwrites it. */
    private void write(String file, int block) throws IOException {
        String answer = Commands.runOrThrow(
                TIMEOUT,
                List.of(
                        "debugfs",
                        "-R",
                        "bmap /srv/" + file + " " + block,
                        directory.resolve("base").toString()));
        long physical = Long.parseLong(answer.strip().replaceAll("(?s).*\n", ""));
        Commands.runOrThrow(
                TIMEOUT,
                List.of(
                        "qemu-io",
                        "-f",
                        "qcow2",
                        "-c",
                        "write -P 7 " + physical * BLOCK + " 4096",
                        overlay.toString()));
    }
}
