package dev.bench.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.result.WritableLayer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OverlayContentTest {
    @TempDir
    private Path directory;

    @Test
    void namesTheLargestFilesAndCountsAllButDirectories() throws IOException {
        Path logs = Files.createDirectories(directory.resolve("var/log"));
        Files.writeString(logs.resolve("access"), "a line\n");
        Files.write(logs.resolve("large"), new byte[100_000]);
        Files.createSymbolicLink(directory.resolve("link"), Path.of("nowhere"));

        WritableLayer.Content content = OverlayContent.of(directory).orElseThrow();

        assertEquals(3, content.files());
        assertEquals(List.of("/var/log/large", "/link", "/var/log/access"), content.largest());
        assertTrue(content.bytes() >= 100_000, content.toString());
    }

    @Test
    void isNothingWhereThereIsNoDirectory() throws IOException {
        assertEquals(Optional.empty(), OverlayContent.of(directory.resolve("gone")));
    }
}
