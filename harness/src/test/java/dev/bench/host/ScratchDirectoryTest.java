package dev.bench.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ScratchDirectoryTest {
    @TempDir
    private Path parent;

    @Test
    void goesWithWhatIsInIt() throws IOException {
        Path path;
        try (ScratchDirectory scratch = ScratchDirectory.create("doctor")) {
            path = scratch.path();
            Files.writeString(path.resolve("batch"), "link add");
        }
        assertFalse(Files.exists(path));
    }

    @Test
    void removesWhatTheDeadHaveLeftAndNothingElse() throws Exception {
        Process ended = new ProcessBuilder("true").start();
        ended.waitFor();
        Path dead = Files.createDirectory(parent.resolve("bench-doctor-" + ended.pid() + "-1"));
        Files.writeString(dead.resolve("batch"), "link add");
        List<Path> kept = List.of(
                Files.createDirectory(
                        parent.resolve("bench-doctor-" + ProcessHandle.current().pid() + "-1")),
                Files.createDirectory(parent.resolve("bench-doctor-notes")),
                Files.createSymbolicLink(parent.resolve("bench-doctor-" + ended.pid() + "-2"), parent));

        ScratchDirectory.removeDead(parent);

        try (Stream<Path> left = Files.list(parent)) {
            assertEquals(kept.stream().sorted().toList(), left.sorted().toList());
        }
        assertTrue(Files.isSymbolicLink(kept.get(2)));
    }
}
