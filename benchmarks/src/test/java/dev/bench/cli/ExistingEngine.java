package dev.bench.cli;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;
import org.awaitility.core.TerminalFailureException;

/** Is an engine that bench did not start: started by a test as a host's service manager would, and ended by it. */
final class ExistingEngine implements AutoCloseable {
    private static final long START_SECONDS = 60;

    private final String uri;
    private final List<Process> processes;
    private final Path directory;

    private ExistingEngine(String uri, List<Process> processes, Path directory) {
        this.uri = uri;
        this.processes = processes;
        this.directory = directory;
    }

    /** Starts a Docker engine in the host's network, with no bridge or firewall rule of its own. */
    static ExistingEngine docker(Path directory) throws IOException, InterruptedException {
        return docker(directory, "{}");
    }

    /**
     * Starts a Docker engine with a configuration of its owner's.
     *
     * @param configuration content of {@code daemon.json}
     */
    static ExistingEngine docker(Path directory, String configuration) throws IOException, InterruptedException {
        Path socket = directory.resolve("docker.sock");
        Files.writeString(directory.resolve("daemon.json"), configuration);
        return start(
                "unix://" + socket,
                socket,
                directory,
                List.of(
                        "dockerd",
                        "--host=unix://" + socket,
                        "--data-root=" + directory.resolve("data"),
                        "--exec-root=" + directory.resolve("exec"),
                        "--pidfile=" + directory.resolve("docker.pid"),
                        "--config-file=" + directory.resolve("daemon.json"),
                        "--bridge=none",
                        "--iptables=false"));
    }

    /**
     * Starts Podman's Docker-compatible service with storage and networks of its own. Its default limits on open files may
     * be more than the host lets anybody have, and crun does not know every arrangement of control groups.
     */
    static ExistingEngine podman(Path directory) throws IOException, InterruptedException {
        Path socket = directory.resolve("podman.sock");
        Path configuration = directory.resolve("containers.conf");
        Files.writeString(configuration, """
                [containers]
                default_ulimits = ["nofile=1024:1024", "nproc=1024:1024"]
                [engine]
                runtime = "runc"
                cgroup_manager = "cgroupfs"
                """);
        return start(
                "unix://" + socket,
                socket,
                directory,
                List.of(
                        "env",
                        "CONTAINERS_CONF=" + configuration,
                        "podman",
                        "--root=" + directory.resolve("root"),
                        "--runroot=" + directory.resolve("run"),
                        "--tmpdir=" + directory.resolve("tmp"),
                        "--network-config-dir=" + directory.resolve("networks"),
                        "system",
                        "service",
                        "--time=0",
                        "unix://" + socket));
    }

    /** Starts libvirt's daemon with a socket of its own, which is what {@code qemu:///system} means to whoever asks it. */
    static ExistingEngine libvirt(Path directory) throws IOException, InterruptedException {
        Path sockets = Files.createDirectories(directory.resolve("sockets"));
        Files.writeString(
                directory.resolve("libvirtd.conf"),
                "unix_sock_dir = \"" + sockets + "\"\nauth_unix_rw = \"none\"\nauth_unix_ro = \"none\"\n");
        Path socket = sockets.resolve("libvirt-sock");
        List<Process> processes = new ArrayList<>();
        // On a host with a service manager this daemon is there when it is called for.
        if (!Files.exists(Path.of("/run/libvirt/virtlogd-sock"))) {
            processes.add(process(directory, List.of("virtlogd", "--pid-file=" + directory.resolve("virtlogd.pid"))));
        }
        return start(
                processes,
                "qemu+unix:///system?socket=" + socket,
                socket,
                directory,
                List.of(
                        "libvirtd",
                        "--config=" + directory.resolve("libvirtd.conf"),
                        "--pid-file=" + directory.resolve("libvirtd.pid")));
    }

    /** Returns how it is called by. */
    String uri() {
        return uri;
    }

    /** Returns the directory of a Docker engine's volume. */
    Path volume(String name) {
        return directory.resolve("data/volumes").resolve(name).resolve("_data");
    }

    /** Returns the names of the volumes that a Docker engine has. */
    List<String> volumes() throws IOException {
        try (Stream<Path> volumes = Files.list(directory.resolve("data").resolve("volumes"))) {
            return volumes.filter(Files::isDirectory)
                    .map(volume -> volume.getFileName().toString())
                    .toList();
        }
    }

    private static Process process(Path directory, List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log(directory).toFile()))
                .start();
    }

    private static Path log(Path directory) {
        return directory.resolve("engine.log");
    }

    private static ExistingEngine start(String uri, Path socket, Path directory, List<String> command)
            throws IOException, InterruptedException {
        return start(new ArrayList<>(), uri, socket, directory, command);
    }

    private static ExistingEngine start(
            List<Process> processes, String uri, Path socket, Path directory, List<String> command)
            throws IOException, InterruptedException {
        Process process = process(directory, command);
        processes.add(process);
        ExistingEngine engine = new ExistingEngine(uri, processes, directory);
        try {
            await().atMost(START_SECONDS, TimeUnit.SECONDS)
                    .failFast(() -> !process.isAlive())
                    .until(() -> Files.exists(socket));
        } catch (ConditionTimeoutException | TerminalFailureException e) {
            String said = Files.readString(log(directory));
            engine.close();
            throw new IOException(String.join(" ", command) + " did not start: " + said, e);
        }
        return engine;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        for (Process process : processes) {
            process.destroy();
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        }
        unmount();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Engines leave their storage mounted, and a directory that holds a mount cannot be removed. */
    private void unmount() throws IOException, InterruptedException {
        List<String> points = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of("/proc/self/mountinfo"))) {
            String point = line.split(" ", 6)[4];
            if (point.startsWith(directory + "/")) {
                points.add(point);
            }
        }
        points.sort(Comparator.reverseOrder());
        for (String point : points) {
            new ProcessBuilder("umount", "--lazy", point).start().waitFor();
        }
    }
}
