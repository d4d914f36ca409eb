package dev.bench.process;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes named pipes, which Java cannot, and reads them, which it gets wrong. */
final class PosixPipes {
    static {
        Native.register(PosixPipes.class, "c");
    }

    private PosixPipes() {}

    private static native int mkfifo(String path, int mode) throws LastErrorException;

    static void make(Path path) throws IOException {
        try {
            mkfifo(path.toString(), 0600);
        } catch (LastErrorException e) {
            throw new IOException("cannot make the pipe " + path + ": " + e.getMessage(), e);
        }
    }

    /**
     * Reads a pipe until its last writer has closed it; waits for a first writer.
     *
     * <p>Buffer by buffer: from Java 21 on, a stream's {@code readAllBytes} asks the file for its position, which a pipe
     * does not have.
     */
    static byte[] read(Path path) throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        byte[] buffer = new byte[512];
        try (InputStream pipe = Files.newInputStream(path)) {
            for (int count = pipe.read(buffer); count >= 0; count = pipe.read(buffer)) {
                content.write(buffer, 0, count);
            }
        }
        return content.toByteArray();
    }
}
