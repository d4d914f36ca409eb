package dev.bench.guest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.bench.host.Executables;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CpioArchiveTest {
    @TempDir
    private Path directory = Path.of("");

    @Test
    void holdsEveryEntryWithItsModeAndContent() {
        Map<String, CpioEntries.Entry> entries = CpioEntries.read(new CpioArchive()
                .directory("dev")
                .characterDevice("dev/console", 5, 1)
                .file("init", 0755, utf8("program"))
                .file("empty", 0600, new byte[0])
                .file("a name with ü", 0644, utf8("x"))
                .toBytes());

        assertEquals(List.of("dev", "dev/console", "init", "empty", "a name with ü"), List.copyOf(entries.keySet()));
        assertEquals(0040755, entries.get("dev").mode());
        assertEquals(0020600, entries.get("dev/console").mode());
        assertEquals(5, entries.get("dev/console").major());
        assertEquals(1, entries.get("dev/console").minor());
        assertEquals(0100755, entries.get("init").mode());
        assertEquals("program", entries.get("init").text());
        assertEquals("", entries.get("empty").text());
        assertEquals("x", entries.get("a name with ü").text());
        assertEquals(
                5,
                entries.values().stream()
                        .map(CpioEntries.Entry::inode)
                        .distinct()
                        .count());
    }

    @Test
    void isAlignedWhateverTheLengthsAre() {
        for (int length = 0; length < 9; length++) {
            String name = "n".repeat(length + 1);
            byte[] content = utf8("c".repeat(length));
            byte[] archive = new CpioArchive()
                    .file(name, 0644, content)
                    .file("last", 0644, content)
                    .toBytes();

            assertEquals(0, archive.length % 4);
            assertArrayEquals(content, CpioEntries.read(archive).get(name).content());
            assertArrayEquals(content, CpioEntries.read(archive).get("last").content());
        }
    }

    @Test
    void isUnpackedByTheToolOfThatName() throws Exception {
        assumeTrue(Executables.find("cpio").isPresent(), "there is no cpio here");
        byte[] content = new byte[70_001];
        content[70_000] = 1;
        Path archive = Files.write(
                directory.resolve("archive"),
                new CpioArchive()
                        .directory("sub")
                        .file("sub/file", 0751, content)
                        .file("other", 0600, utf8("text\n"))
                        .toBytes());
        Path out = Files.createDirectory(directory.resolve("out"));

        Process process = new ProcessBuilder("cpio", "-i", "--quiet", "--no-preserve-owner")
                .directory(out.toFile())
                .redirectInput(archive.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertEquals(0, process.waitFor(), said);
        assertArrayEquals(content, Files.readAllBytes(out.resolve("sub/file")));
        assertEquals(
                "rwxr-x--x", PosixFilePermissions.toString(Files.getPosixFilePermissions(out.resolve("sub/file"))));
        assertEquals("text\n", Files.readString(out.resolve("other")));
        assertTrue(Files.isDirectory(out.resolve("sub")));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
