package dev.bench.calibrate;

import dev.bench.host.Commands;
import dev.bench.host.Executables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Runs a libvirtd that {@code virsh} talks to, and that touches nothing of the host's own: every directory it knows is
 * another one in its own mount namespace. It runs in the network of the process that starts it.
 */
final class PrivateLibvirtd implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final long READY_NANOS = 30_000_000_000L;
    private static final List<String> DIRECTORIES =
            List.of("/etc/libvirt", "/run/libvirt", "/var/lib/libvirt", "/var/cache/libvirt", "/var/log/libvirt");

    private final Process process;
    private final Path directory;

    private PrivateLibvirtd(Process process, Path directory) {
        this.process = process;
        this.directory = directory;
    }

    /** Tells whether there is what is needed. */
    static boolean isInstalled() {
        return Stream.of("libvirtd", "virsh", "unshare")
                .allMatch(program -> Executables.find(program).isPresent());
    }

    /**
     * Starts it and waits until it answers.
     *
     * @param directory a short path: sockets lie below it
     */
    static PrivateLibvirtd start(Path directory) throws IOException {
        StringBuilder script = new StringBuilder("set -e\n");
        for (String path : DIRECTORIES) {
            Path own = Files.createDirectories(directory.resolve(path.substring(1)));
            // The mount point is the host's; an empty directory is all it may get.
            Files.createDirectories(Path.of(path));
            script.append("mount --bind ").append(own).append(' ').append(path).append('\n');
        }
        Files.writeString(directory.resolve("etc/libvirt/qemu.conf"), """
                stdio_handler = "file"
                security_driver = "none"
                user = "root"
                group = "root"
                dynamic_ownership = 0
                remember_owner = 0
                namespaces = []
                cgroup_controllers = []
                """);
        Path configuration = Files.writeString(directory.resolve("libvirtd.conf"), """
                unix_sock_dir = "%s"
                auth_unix_rw = "none"
                auth_unix_ro = "none"
                """.formatted(directory));
        script.append("exec libvirtd --config ")
                .append(configuration)
                .append(" --pid-file ")
                .append(directory.resolve("pid"))
                .append('\n');
        Process process = new ProcessBuilder(
                        "unshare", "--mount", "--propagation", "private", "sh", "-c", script.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        PrivateLibvirtd started = new PrivateLibvirtd(process, directory);
        try {
            started.awaitAnswer();
            return started;
        } catch (IOException e) {
            started.close();
            throw e;
        }
    }

    private void awaitAnswer() throws IOException {
        long deadline = System.nanoTime() + READY_NANOS;
        while (Commands.run(TIMEOUT, virsh("version")).status() != 0) {
            if (!process.isAlive() || System.nanoTime() - deadline > 0) {
                throw new IOException(
                        "a libvirtd for the comparison does not answer: " + Files.readString(directory.resolve("log")));
            }
            LockSupport.parkNanos(100_000_000);
        }
    }

    /** Returns a command for it. */
    List<String> virsh(String... words) {
        List<String> command = new ArrayList<>(List.of("virsh", "--quiet", "--connect"));
        command.add("qemu+unix:///system?socket=" + directory.resolve("libvirt-sock"));
        command.addAll(List.of(words));
        return command;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
