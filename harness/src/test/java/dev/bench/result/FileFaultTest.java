package dev.bench.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class FileFaultTest {
    @TempDir
    Path directory;

    private static String reason(Executable action) {
        return FileFault.reason(assertThrows(IOException.class, action));
    }

    @Test
    void whatTheSystemSaysIsToldInItsWords() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        Path link = Files.createSymbolicLink(directory.resolve("link"), Path.of("link"));

        assertEquals("not a directory", reason(() -> Files.readString(file.resolve("x"))));
        assertEquals("file name too long", reason(() -> Files.readString(directory.resolve("x".repeat(300)))));
        assertEquals("no such file or directory", reason(() -> Files.readString(directory.resolve("none"))));
        assertEquals("Is a directory", reason(() -> Files.readString(directory)));
        assertEquals(
                "too many levels of symbolic links",
                reason(() -> Files.readString(link)).replaceFirst(" or.*", ""));
        assertEquals("not a directory", reason(() -> Files.newDirectoryStream(file)));
        assertEquals("directory not empty", reason(() -> Files.delete(directory)));
        assertEquals("it is there already, and is not what is needed", reason(() -> Files.createDirectory(file)));
    }

    @Test
    void whatSaysNothingIsStillASentence() {
        assertEquals("it cannot be read or written", FileFault.reason(new IOException()));
        assertEquals("the pipe broke", FileFault.reason(new IOException("the pipe broke")));
    }
}
