package dev.bench.process;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import java.io.IOException;
import java.nio.file.Path;

/** Makes named pipes, which Java cannot. */
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
}
