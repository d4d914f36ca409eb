package dev.bench.registry;

import dev.bench.host.NetworkNamespace;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Takes connections in one network and carries their bytes to a server in another, so that who is in the first reaches it
 * without a route. Threads of its own do the work; the rest of the JVM stays where it is.
 */
final class Forwarder implements AutoCloseable {
    private static final int CONNECT_MILLIS = 10_000;

    private final NetworkNamespace outside;
    private final InetSocketAddress server;
    private final ServerSocket listener;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile @Nullable String refusal;

    private Forwarder(NetworkNamespace outside, InetSocketAddress server, ServerSocket listener) {
        this.outside = outside;
        this.server = server;
        this.listener = listener;
    }

    /**
     * Starts it.
     *
     * @param inside where it listens
     * @param address what it listens at there
     * @param outside where the server is asked
     * @param server the server, whose name is looked up with every connection where it is not resolved
     */
    static Forwarder start(
            NetworkNamespace inside, InetSocketAddress address, NetworkNamespace outside, InetSocketAddress server)
            throws IOException {
        CompletableFuture<ServerSocket> listening = new CompletableFuture<>();
        // A socket belongs to the network of the thread that opens it, whoever uses it.
        daemon("registry-listener", () -> {
            try {
                inside.enter();
                ServerSocket socket = new ServerSocket();
                socket.bind(address);
                listening.complete(socket);
            } catch (IOException e) {
                listening.completeExceptionally(e);
            }
        });
        try {
            Forwarder forwarder = new Forwarder(outside, server, listening.get());
            daemon("registry-forwarder", forwarder::accept);
            return forwarder;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the way to the registry was made", e);
        } catch (ExecutionException e) {
            throw new IOException("no way to the registry can be made: " + e.getMessage(), e);
        }
    }

    private static void daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket caller = listener.accept();
                open.add(caller);
                daemon("registry-connection", () -> connect(caller));
            }
        } catch (IOException e) {
            // It was closed.
        }
    }

    private void connect(Socket caller) {
        Socket called = new Socket();
        open.add(called);
        try {
            outside.enter();
            InetSocketAddress resolved =
                    server.isUnresolved() ? new InetSocketAddress(server.getHostString(), server.getPort()) : server;
            if (resolved.isUnresolved()) {
                throw new IOException("there is no host of that name");
            }
            called.connect(resolved, CONNECT_MILLIS);
            caller.setTcpNoDelay(true);
            called.setTcpNoDelay(true);
        } catch (IOException e) {
            refusal = String.valueOf(e.getMessage());
            end(caller);
            end(called);
            return;
        }
        daemon("registry-answers", () -> carry(called, caller));
        carry(caller, called);
    }

    /** Carries one direction to its end, and ends both where the other side can take no more. */
    private void carry(Socket from, Socket to) {
        try {
            InputStream input = from.getInputStream();
            OutputStream output = to.getOutputStream();
            input.transferTo(output);
            to.shutdownOutput();
            if (from.isOutputShutdown()) {
                end(from);
                end(to);
            }
        } catch (IOException e) {
            end(from);
            end(to);
        }
    }

    private void end(Socket socket) {
        open.remove(socket);
        try {
            socket.close();
        } catch (IOException e) {
            // It is closed all the same.
        }
    }

    /** Returns why the server could not be reached when that was tried last; null where it always could. */
    @Nullable
    String refusal() {
        return refusal;
    }

    /** Ends it with all its connections. */
    @Override
    public void close() throws IOException {
        listener.close();
        open.forEach(this::end);
    }
}
