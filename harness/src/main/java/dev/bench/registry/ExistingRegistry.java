package dev.bench.registry;

import dev.bench.host.NetworkNamespace;
import dev.bench.host.Relay;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Is the way to a registry that somebody else runs, and that is asked from the network of who started this JVM. */
final class ExistingRegistry implements Backend {
    private static final int CONNECT_MILLIS = 10_000;

    private final Existing server;
    private final String address;
    private final NetworkNamespace outside = NetworkNamespace.ofParent();
    private final Map<String, RegistryClient> repositories = new TreeMap<>();
    private final Relay way;
    private volatile @Nullable String refusal;

    private ExistingRegistry(Existing server, InetSocketAddress address, ServerSocketChannel listener) {
        this.server = server;
        this.address = address.getHostString() + ":" + address.getPort();
        this.way = Relay.start(listener, this::connect, () -> bytes -> {});
    }

    /**
     * Makes the way and checks what is at its end.
     *
     * @param inside the network that it begins in
     * @param address where it begins there
     */
    static ExistingRegistry reach(Existing server, NetworkNamespace inside, InetSocketAddress address)
            throws IOException {
        ExistingRegistry registry = new ExistingRegistry(server, address, listen(inside, address));
        try {
            new RegistryClient(registry.address, registry.repositoryName("check")).requireRemovals();
            return registry;
        } catch (IOException e) {
            String refusal = registry.refusal;
            registry.way.close();
            throw new RegistryException("the registry " + server + " cannot be used: "
                    + (refusal == null ? e.getMessage() : refusal)
                    + ". It has to answer over HTTP without a password, and to let what is stored be removed"
                    + " (storage: {delete: {enabled: true}}), so that every first push is one and nothing of it stays;"
                    + " without delivery.registry one is run here");
        }
    }

    /** Listens in another network: a socket belongs to that of the thread which opens it, whoever uses it. */
    private static ServerSocketChannel listen(NetworkNamespace inside, InetSocketAddress address) throws IOException {
        CompletableFuture<ServerSocketChannel> listening = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        inside.enter();
                        listening.complete(ServerSocketChannel.open().bind(address));
                    } catch (IOException e) {
                        listening.completeExceptionally(e);
                    }
                },
                "registry-listener");
        thread.start();
        try {
            return listening.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the way to the registry was made", e);
        } catch (ExecutionException e) {
            throw new IOException("no way to the registry can be made: " + e.getMessage(), e);
        }
    }

    private SocketChannel connect() throws IOException {
        SocketChannel channel = null;
        try {
            outside.enter();
            InetSocketAddress found = new InetSocketAddress(server.host(), server.port());
            if (found.isUnresolved()) {
                throw new IOException("there is no host of that name");
            }
            channel = SocketChannel.open();
            channel.socket().setTcpNoDelay(true);
            channel.socket().connect(found, CONNECT_MILLIS);
            return channel;
        } catch (IOException e) {
            refusal = String.valueOf(e.getMessage());
            if (channel != null) {
                channel.close();
            }
            throw e;
        }
    }

    @Override
    public String repository(String label) throws IOException {
        String name = repositoryName(label);
        repositories.computeIfAbsent(name, each -> new RegistryClient(address, each));
        return name;
    }

    /** Other hosts may use the registry at the same time, but no other run of this one. */
    private String repositoryName(String label) throws IOException {
        return "bench/" + server.client() + "/" + label;
    }

    @Override
    public void empty() throws IOException {
        for (RegistryClient repository : repositories.values()) {
            for (String tag : repository.tags()) {
                repository.remove(tag);
            }
        }
    }

    @Override
    public void close() throws IOException {
        try {
            empty();
        } finally {
            way.close();
        }
    }
}
