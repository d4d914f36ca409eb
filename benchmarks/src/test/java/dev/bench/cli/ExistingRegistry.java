package dev.bench.cli;

import dev.bench.registry.Registry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** Runs a registry in the host's network, as one of somebody else's. */
final class ExistingRegistry implements AutoCloseable {
    private final Path storage;
    private final int port;
    private final Process process;

    private ExistingRegistry(Path storage, int port, Process process) {
        this.storage = storage;
        this.port = port;
        this.process = process;
    }

    static ExistingRegistry start(Path directory, boolean removals) throws IOException {
        Files.createDirectories(directory);
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Path storage = directory.resolve("storage");
        Path configuration =
                Files.writeString(directory.resolve("registry.yml"), """
                version: 0.1
                log: {level: error, accesslog: {disabled: true}}
                storage: {filesystem: {rootdirectory: "%s"}, delete: {enabled: %s}}
                http: {addr: "127.0.0.1:%d"}
                """.formatted(storage, removals, port));
        Process process = new ProcessBuilder(Registry.PROGRAM, "serve", configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        Awaitility.await().ignoreException(IOException.class).until(() -> {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return socket.isConnected();
            }
        });
        return new ExistingRegistry(storage, port, process);
    }

    String address() {
        return "localhost:" + port;
    }

    /** Stores a tag as a registry keeps one, in a repository of its owner's. */
    void put(String tag) throws IOException {
        Files.createDirectories(repositories().resolve("owner/_manifests/tags").resolve(tag));
    }

    /** Returns the tags of all repositories. */
    List<String> tags() throws IOException {
        List<String> tags = new ArrayList<>();
        if (!Files.exists(repositories())) {
            return tags;
        }
        try (Stream<Path> all = Files.walk(repositories())) {
            all.filter(path -> path.endsWith("_manifests/tags")).forEach(directory -> {
                String[] names = directory.toFile().list();
                tags.addAll(List.of(names == null ? new String[0] : names));
            });
        }
        return tags;
    }

    private Path repositories() {
        return storage.resolve("docker/registry/v2/repositories");
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
