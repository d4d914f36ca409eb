package dev.bench.registry;

import dev.bench.host.FileTrees;
import dev.bench.target.LabView;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Is a registry of the run's own. */
final class OwnRegistry implements Backend {
    /** Seconds for a program that listens within milliseconds where the processor is its own. */
    private static final long START_SECONDS = 60;

    private static final long STOP_SECONDS = 5;
    private static final int CONNECT_MILLIS = 1_000;
    private static final int SHOWN_LINES = 3;

    private final Path storage;
    private final Process process;

    private OwnRegistry(Path storage, Process process) {
        this.storage = storage;
        this.process = process;
    }

    /**
     * Starts it.
     *
     * @param namespace name of the network that it serves in
     * @param address where it serves there
     */
    static OwnRegistry start(Path program, LabView lab, String namespace, InetSocketAddress address)
            throws IOException {
        Path storage = Files.createDirectories(lab.workDirectory().resolve("registry"));
        Path configuration = lab.runDirectory().resolve("registry.yml");
        Path log = lab.runDirectory().resolve("registry.log");
        // Nothing is kept in memory of what is stored, so that files can be removed under it.
        Files.writeString(configuration, """
                version: 0.1
                log: {level: warn, accesslog: {disabled: true}}
                storage:
                  filesystem: {rootdirectory: "%s"}
                  maintenance: {uploadpurging: {enabled: false}}
                http: {addr: "%s:%d"}
                """.formatted(storage, address.getHostString(), address.getPort()));
        Process process = new ProcessBuilder(
                        "setsid",
                        "nsenter",
                        "--net=/run/netns/" + namespace,
                        "--",
                        program.toString(),
                        "serve",
                        configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .start();
        OwnRegistry registry = new OwnRegistry(storage, process);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (!answers(address)) {
            if (!process.isAlive() || System.nanoTime() - deadline > 0) {
                registry.close();
                throw new RegistryException("the registry does not answer: " + tail(log) + ". Run `bench doctor`");
            }
            LockSupport.parkNanos(10_000_000);
        }
        return registry;
    }

    private static boolean answers(InetSocketAddress address) {
        try (Socket socket = new Socket()) {
            socket.connect(address, CONNECT_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static String tail(Path log) throws IOException {
        List<String> lines = Files.readAllLines(log);
        return lines.isEmpty()
                ? "it wrote nothing"
                : String.join(" | ", lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size()));
    }

    @Override
    public String repository(String label) {
        return "bench/" + label;
    }

    @Override
    public void empty() throws IOException {
        try (DirectoryStream<Path> all = Files.newDirectoryStream(storage)) {
            for (Path stored : all) {
                FileTrees.delete(stored);
            }
        }
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        FileTrees.delete(storage);
    }
}
