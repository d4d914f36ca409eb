package dev.bench.load;

import dev.bench.http.ResponseParser;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** Keeps one connection to one server, with at most one request on its way. Used by one event loop. */
final class Connection {
    private final InetSocketAddress address;
    private final int server;
    private final ByteBuffer request;
    private final ResponseParser parser = new ResponseParser();
    private final Selector selector;
    private SocketChannel channel;
    private SelectionKey key;
    private boolean busy;
    private long intended;
    private long sent;

    /** Says what a readable connection had to tell. */
    enum Progress {
        /** More of the answer is to come. */
        PARTIAL,
        /** The answer is complete. */
        COMPLETE,
        /** The server closed a connection that nothing was asked on. */
        CLOSED,
        /** The connection broke, or what came is no HTTP, while an answer was due. */
        BROKEN
    }

    /**
     * Begins to connect.
     *
     * @param request the bytes of every request, shared and never changed
     */
    Connection(Selector selector, InetSocketAddress address, int server, ByteBuffer request) throws IOException {
        this.selector = selector;
        this.address = address;
        this.server = server;
        this.request = request.duplicate();
        this.channel = SocketChannel.open();
        this.key = register();
    }

    private SelectionKey register() throws IOException {
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        boolean connected = channel.connect(address);
        return channel.register(selector, connected ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT, this);
    }

    int server() {
        return server;
    }

    boolean connected() {
        return channel.isConnected();
    }

    /** Returns whether a request is on its way, or waits for the connection to be there. */
    boolean busy() {
        return busy;
    }

    /** Returns when the request on its way was to begin. */
    long intended() {
        return intended;
    }

    /** Returns when the request on its way was sent. */
    long sent() {
        return sent;
    }

    /** Takes a request; it is sent now, or as soon as the connection is there. */
    void ask(long intendedNanos) throws IOException {
        intended = intendedNanos;
        sent = System.nanoTime();
        busy = true;
        request.position(0);
        parser.reset();
        if (connected()) {
            write();
        }
    }

    /** Sends what could not be sent before. */
    void write() throws IOException {
        channel.write(request);
        key.interestOps(request.hasRemaining() ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
    }

    /** Completes the connection, and sends what waited for it. */
    void finishConnect() throws IOException {
        if (channel.finishConnect()) {
            key.interestOps(SelectionKey.OP_READ);
            if (busy) {
                sent = System.nanoTime();
                write();
            }
        }
    }

    /** Reads what has come, with buffers that all connections of a loop share. */
    Progress read(ByteBuffer buffer, byte[] bytes) {
        try {
            buffer.clear();
            int count = channel.read(buffer);
            if (count < 0) {
                if (busy && parser.completeAtEnd()) {
                    busy = false;
                    return Progress.COMPLETE;
                }
                return busy ? Progress.BROKEN : Progress.CLOSED;
            }
            if (count > 0 && !busy) {
                return Progress.CLOSED;
            }
            buffer.flip().get(bytes, 0, count);
            if (parser.accept(bytes, count)) {
                busy = false;
                return Progress.COMPLETE;
            }
            return Progress.PARTIAL;
        } catch (IOException | ResponseParser.Malformed e) {
            return busy ? Progress.BROKEN : Progress.CLOSED;
        }
    }

    int status() {
        return parser.status();
    }

    boolean closesAfterAnswer() {
        return parser.closes();
    }

    /** Gives up the connection with the request that is on its way. */
    void abandon() {
        busy = false;
        close();
    }

    /** Begins another connection in place of this one; a request that was given meanwhile waits for it. */
    void reconnect() throws IOException {
        close();
        channel = SocketChannel.open();
        key = register();
    }

    void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // Nothing is asked on it any more.
        }
    }
}
