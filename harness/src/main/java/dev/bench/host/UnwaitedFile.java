package dev.bench.host;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Reads a file whose reader would wait where nothing is there, as of pipes and of what the kernel records, without waiting.
 * Not safe for use by several threads.
 */
public final class UnwaitedFile implements Closeable {
    private static final int O_NONBLOCK = 0x800;
    private static final int O_CLOEXEC = 0x80000;
    private static final int EAGAIN = 11;

    private final Path file;
    private final int descriptor;

    private UnwaitedFile(Path file, int descriptor) {
        this.file = file;
        this.descriptor = descriptor;
    }

    /**
     * Opens it.
     *
     * @throws IOException where it cannot be opened, naming it
     */
    public static UnwaitedFile open(Path file) throws IOException {
        try {
            return new UnwaitedFile(file, LibC.open(file.toString(), O_NONBLOCK | O_CLOEXEC));
        } catch (LastErrorException e) {
            throw new IOException("cannot open " + file + ": " + e.getMessage(), e);
        }
    }

    /**
     * Reads into an array from its beginning, as much as is there and has room.
     *
     * @return how many bytes, zero where nothing is there
     */
    public int read(byte[] bytes) throws IOException {
        int count = Math.toIntExact(LibC.read(descriptor, bytes, bytes.length));
        int error = count < 0 ? Native.getLastError() : 0;
        if (error != 0 && error != EAGAIN) {
            throw new IOException("cannot read " + file + ": errno " + error);
        }
        return Math.max(0, count);
    }

    @Override
    public void close() throws IOException {
        if (LibC.close(descriptor) < 0) {
            throw new IOException("cannot close " + file + ": errno " + Native.getLastError());
        }
    }

    private static final class LibC {
        static {
            Native.register(LibC.class, Platform.C_LIBRARY_NAME);
        }

        private LibC() {}

        static native int open(String path, int flags) throws LastErrorException;

        static native long read(int descriptor, byte[] bytes, long count);

        static native int close(int descriptor);
    }
}
