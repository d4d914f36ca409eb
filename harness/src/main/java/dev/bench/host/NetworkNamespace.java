package dev.bench.host;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import java.io.IOException;
import java.nio.file.Path;

/** Is a network of the kernel's (network_namespaces(7)), into which one thread of the JVM can go while the others stay. */
public final class NetworkNamespace {
    private static final int O_CLOEXEC = 0x80000;
    private static final int CLONE_NEWNET = 0x40000000;

    private final Path file;

    private NetworkNamespace(Path file) {
        this.file = file;
    }

    /** Returns the network that a name given by {@code ip netns} stands for. */
    public static NetworkNamespace named(String name) {
        return new NetworkNamespace(Path.of("/run/netns", name));
    }

    /** Returns the network of a process. */
    public static NetworkNamespace of(long process) {
        return new NetworkNamespace(Path.of("/proc", Long.toString(process), "ns/net"));
    }

    /** Returns the network of the process that has started this JVM, or of the first one where that is gone. */
    public static NetworkNamespace ofParent() {
        return of(ProcessHandle.current().parent().map(ProcessHandle::pid).orElse(1L));
    }

    /**
     * Moves the calling thread into it for the rest of the thread's life. Sockets that it opened before stay where they are.
     *
     * @throws IOException where it is not there, or this process may not enter it
     */
    public void enter() throws IOException {
        try {
            int descriptor = LibC.open(file.toString(), O_CLOEXEC);
            try {
                LibC.setns(descriptor, CLONE_NEWNET);
            } finally {
                LibC.close(descriptor);
            }
        } catch (LastErrorException e) {
            throw new IOException("cannot enter the network " + file + ": " + e.getMessage(), e);
        }
    }

    private static final class LibC {
        static {
            Native.register(LibC.class, Platform.C_LIBRARY_NAME);
        }

        private LibC() {}

        static native int open(String path, int flags) throws LastErrorException;

        static native int close(int descriptor) throws LastErrorException;

        static native int setns(int descriptor, int kind) throws LastErrorException;
    }
}
