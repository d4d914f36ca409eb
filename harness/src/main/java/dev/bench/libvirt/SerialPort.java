package dev.bench.libvirt;

import dev.bench.host.ObserverThread;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Holds the host's end of a guest's serial port: a unix socket that QEMU connects to when it starts, so that the first byte
 * finds a reader that waits for it. A thread of its own stamps bytes as they arrive.
 */
final class SerialPort implements AutoCloseable {
    private final Path path;
    private final ServerSocketChannel server;
    private volatile @Nullable SocketChannel guest;

    private SerialPort(Path path, ServerSocketChannel server) {
        this.path = path;
        this.server = server;
    }

    /** Hears what arrives, in the port's own thread. */
    interface Listener {
        /** Says that bytes arrived, at {@link System#nanoTime}. */
        void received(long nanos, byte[] bytes);

        /** Says that the other end is gone. */
        void ended();
    }

    static SerialPort listen(Path path, Listener listener) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(path));
        SerialPort port = new SerialPort(path, server);
        ObserverThread.start("serial-port", () -> port.read(listener));
        return port;
    }

    Path path() {
        return path;
    }

    private void read(Listener listener) {
        ByteBuffer buffer = ByteBuffer.allocate(16 * 1024);
        try (SocketChannel channel = server.accept()) {
            guest = channel;
            while (channel.read(buffer) >= 0) {
                long nanos = System.nanoTime();
                byte[] bytes = new byte[buffer.flip().remaining()];
                buffer.get(bytes);
                buffer.clear();
                listener.received(nanos, bytes);
            }
        } catch (IOException e) {
            // Closed from this side, or the guest's process was killed: its end either way.
        }
        listener.ended();
    }

    void write(byte[] bytes) throws IOException {
        SocketChannel channel = guest;
        if (channel == null) {
            throw new IOException("the guest has not connected its serial port");
        }
        channel.write(ByteBuffer.wrap(bytes));
    }

    @Override
    public void close() {
        try {
            server.close();
            SocketChannel channel = guest;
            if (channel != null) {
                channel.close();
            }
            Files.deleteIfExists(path);
        } catch (IOException e) {
            // The run's directory is removed with all that is in it.
        }
    }
}
