package dev.bench.process;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class PosixPipesTest {
    @TempDir
    private Path directory;

    @Test
    void aPipeIsReadToTheEndOfItsLastWriter() throws Exception {
        Path pipe = directory.resolve("pipe");
        PosixPipes.make(pipe);
        CompletableFuture<String> read = reading(pipe);
        try (OutputStream writer = Files.newOutputStream(pipe)) {
            writer.write("execve".getBytes(US_ASCII));
            writer.flush();
            TimeUnit.MILLISECONDS.sleep(20);
            writer.write("\n0000000d".repeat(100).getBytes(US_ASCII));
        }
        assertEquals("execve" + "\n0000000d".repeat(100), read.get(10, TimeUnit.SECONDS));
    }

    @Test
    void aPipeWhoseWriterSaysNothingIsEmpty() throws Exception {
        Path pipe = directory.resolve("pipe");
        PosixPipes.make(pipe);
        CompletableFuture<String> read = reading(pipe);
        Files.newOutputStream(pipe).close();
        assertEquals("", read.get(10, TimeUnit.SECONDS));
    }

    private static CompletableFuture<String> reading(Path pipe) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return new String(PosixPipes.read(pipe), US_ASCII);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
