package dev.bench.host;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UnwaitedFileTest {
    @TempDir
    private Path directory = Path.of("");

    @Test
    void aPipeThatIsEmptyIsNotWaitedFor() throws Exception {
        Path pipe = directory.resolve("pipe");
        Commands.runOrThrow(Duration.ofSeconds(5), List.of("mkfifo", pipe.toString()));
        byte[] bytes = new byte[8];
        // Who opens both ends waits for nobody.
        try (RandomAccessFile writer = new RandomAccessFile(pipe.toFile(), "rw");
                UnwaitedFile reader = UnwaitedFile.open(pipe)) {
            assertEquals(0, reader.read(bytes));
            writer.write("0123456789".getBytes(StandardCharsets.US_ASCII));
            assertEquals(8, reader.read(bytes));
            assertArrayEquals("01234567".getBytes(StandardCharsets.US_ASCII), bytes);
            assertEquals(2, reader.read(bytes));
            assertArrayEquals("89".getBytes(StandardCharsets.US_ASCII), Arrays.copyOf(bytes, 2));
            assertEquals(0, reader.read(bytes));
        }
    }

    @Test
    void whatCannotBeOpenedOrReadIsNamed() throws Exception {
        IOException none = assertThrows(IOException.class, () -> UnwaitedFile.open(directory.resolve("none")));
        assertTrue(
                String.valueOf(none.getMessage())
                        .contains(directory.resolve("none").toString()),
                none.toString());
        try (UnwaitedFile opened = UnwaitedFile.open(directory)) {
            IOException unread = assertThrows(IOException.class, () -> opened.read(new byte[1]));
            assertTrue(String.valueOf(unread.getMessage()).contains(directory + ": errno 21"), unread.toString());
        }
    }
}
