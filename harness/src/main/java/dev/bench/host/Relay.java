package dev.bench.host;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Takes connections and carries the bytes of each to a server and back, as they are, until both sides have said all. Threads
 * of its own do the work.
 */
public final class Relay implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final ServerSocketChannel listener;
    private final Server server;
    private final Supplier<Consumer<ByteBuffer>> hearers;
    private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();

    private Relay(ServerSocketChannel listener, Server server, Supplier<Consumer<ByteBuffer>> hearers) {
        this.listener = listener;
        this.server = server;
        this.hearers = hearers;
    }

    /** Connects to the server; in a thread of the connection's own. */
    @FunctionalInterface
    public interface Server {
        SocketChannel connect() throws IOException;
    }

    /**
     * Starts one.
     *
     * @param listener takes the connections; closed with this
     * @param server is connected to for each of them; where that fails the caller is hung up on
     * @param hearers makes, in the order of connections, what hears of the server's answers on one, before the caller does
     */
    public static Relay start(ServerSocketChannel listener, Server server, Supplier<Consumer<ByteBuffer>> hearers) {
        Relay relay = new Relay(listener, server, hearers);
        run(relay::accept);
        return relay;
    }

    private static void run(Runnable work) {
        Thread thread = new Thread(work, "relay");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel caller = listener.accept();
                open.add(caller);
                Consumer<ByteBuffer> hearer = hearers.get();
                run(() -> connect(caller, hearer));
            }
        } catch (IOException e) {
            // It was closed.
        }
    }

    private void connect(SocketChannel caller, Consumer<ByteBuffer> hearer) {
        SocketChannel called;
        try {
            called = server.connect();
        } catch (IOException e) {
            end(caller);
            return;
        }
        open.add(called);
        AtomicBoolean half = new AtomicBoolean();
        run(() -> carry(called, caller, hearer, half));
        carry(caller, called, bytes -> {}, half);
    }

    private void carry(SocketChannel from, SocketChannel to, Consumer<ByteBuffer> hearer, AtomicBoolean half) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
        try {
            while (from.read(buffer.clear()) >= 0) {
                buffer.flip();
                hearer.accept(buffer.duplicate());
                while (buffer.hasRemaining()) {
                    to.write(buffer);
                }
            }
            to.shutdownOutput();
            if (half.compareAndSet(false, true)) {
                return;
            }
        } catch (IOException e) {
            // One side is gone; so is the connection.
        }
        end(from);
        end(to);
    }

    private void end(SocketChannel channel) {
        open.remove(channel);
        try {
            channel.close();
        } catch (IOException e) {
            // It is not used any more.
        }
    }

    /** Ends it with all its connections. */
    @Override
    public void close() throws IOException {
        listener.close();
        open.forEach(this::end);
    }
}
