package dev.bench.docker;

import dev.bench.host.FileTrees;
import dev.bench.host.Processes;
import dev.bench.registry.Registry;
import dev.bench.target.LabException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Runs a Docker engine of the lab's own: its socket, state and process ids are in the run directory, its images in the
 * cache, and it touches no firewall rule and no network but the lab's.
 */
final class PrivateDocker implements AutoCloseable {
    /** An engine that starts takes a second, and on an emulated processor half a minute. */
    private static final long START_SECONDS = 120;

    private static final long STOP_SECONDS = 5;
    static final String LOG = "dockerd.log";
    private static final String STATE = "docker";
    private static final String PID_FILE = "dockerd.pid";
    static final String CONFIGURATION = "dockerd.json";
    private static final Set<String> PROGRAMS = Set.of("dockerd", "containerd", "containerd-shim-runc-v2");

    /**
     * Starts a command in a session and a mount namespace of its own. Ctrl-C on a terminal reaches every process of the
     * foreground group, and an engine that hears of it waits ten seconds for each container by itself; this one is ended
     * when its containers are gone. What it mounts, its own data directory and every container's root, is seen by nobody
     * else and gone with the last of its processes, however they end.
     */
    static final List<String> APART = List.of("setsid", "unshare", "--mount", "--propagation", "slave", "--");

    private static final List<String> NO_PROXY = List.of("NO_PROXY", "no_proxy");

    private final Process process;
    private final Path directory;

    private PrivateDocker(Process process, Path directory) {
        this.process = process;
        this.directory = directory;
    }

    private static Path socket(Path directory) {
        return directory.resolve("docker.sock");
    }

    /** Returns the address of the engine whose socket is in a directory. */
    static String address(Path directory) {
        return "unix://" + socket(directory);
    }

    /**
     * Starts an engine.
     *
     * @param directory for its socket, state and log
     * @param runId of the run, below whose control group its containers are
     * @param dataRoot for its images
     * @param enter wraps a command so that it runs in the lab's network
     */
    static PrivateDocker start(Path directory, String runId, Path dataRoot, UnaryOperator<List<String>> enter)
            throws LabException {
        return start(directory, runId, dataRoot, enter, null);
    }

    /**
     * Starts an engine.
     *
     * @param copies where containerd is to leave its copies of checkpoints, which the engine then makes; null for none
     */
    static PrivateDocker start(
            Path directory, String runId, Path dataRoot, UnaryOperator<List<String>> enter, @Nullable Path copies)
            throws LabException {
        Path log = directory.resolve(LOG);
        try {
            Files.createDirectories(dataRoot);
            // A file of its own, so that the host's daemon.json is not read.
            Files.writeString(directory.resolve(CONFIGURATION), OtherRuntime.configuration(dataRoot, directory));
            List<String> command = command(directory, runId, dataRoot);
            if (copies != null) {
                Files.createDirectories(copies);
                command.add("--experimental");
            }
            ProcessBuilder builder = new ProcessBuilder(apart(enter.apply(command)))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
            // A proxy that the host's user has set knows nothing of the lab.
            NO_PROXY.forEach(
                    name -> builder.environment().merge(name, Registry.NETWORK, (given, own) -> given + "," + own));
            if (copies != null) {
                builder.environment().remove("XDG_RUNTIME_DIR");
                builder.environment().put("TMPDIR", copies.toString());
            }
            Process process = builder.start();
            return answering(process, directory);
        } catch (IOException e) {
            throw new LabException(
                    "cannot start a private Docker engine: " + e.getMessage() + ". Run `bench doctor`", e);
        }
    }

    /** Waits until an engine that was started answers; it is ended where it does not. */
    static PrivateDocker answering(Process process, Path directory) throws LabException {
        PrivateDocker docker = new PrivateDocker(process, directory);
        try {
            docker.awaitPing(docker.log());
        } catch (LabException e) {
            docker.close();
            throw e;
        }
        return docker;
    }

    /**
     * Kills the engine of a directory as a host that goes down does, with its containerd and whatever ran by it, and starts
     * another one on the same data, in this process's own network. It outlives this process: the lab ends it with all that
     * names the run, as it does a killed one's containerd.
     */
    static void replace(Path directory, String runId, Path dataRoot) throws LabException {
        String mark = directory + "/";
        List<Long> engine = Processes.executing(PROGRAMS).stream()
                .filter(pid -> Processes.names(pid, mark))
                .toList();
        engine.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(STOP_SECONDS);
        while (engine.stream().anyMatch(Processes::isAlive) && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(10_000_000);
        }
        try {
            // A reboot leaves none of them behind, and an engine takes containerd's for those of one that runs.
            Files.deleteIfExists(socket(directory));
            Files.deleteIfExists(directory.resolve(PID_FILE));
            FileTrees.delete(directory.resolve(STATE));
        } catch (IOException e) {
            throw new LabException("cannot remove what a killed engine left: " + e.getMessage(), e);
        }
        start(directory, runId, dataRoot, UnaryOperator.identity());
    }

    /**
     * Returns what begins a command that sees the mounts of the engine of a directory, and mounts for it.
     *
     * @throws IOException where it has no engine
     */
    static List<String> entering(Path directory) throws IOException {
        String pid = Files.readString(directory.resolve(PID_FILE)).strip();
        return List.of("nsenter", "--mount", "--target=" + pid, "--");
    }

    private static List<String> apart(List<String> command) {
        List<String> apart = new ArrayList<>(APART);
        apart.addAll(command);
        return apart;
    }

    private static List<String> command(Path directory, String runId, Path dataRoot) {
        List<String> command = command(directory, dataRoot);
        command.addAll(List.of(
                "--exec-opt=native.cgroupdriver=cgroupfs",
                "--cgroup-parent=/bench/" + runId,
                // A registry of the lab has no certificate; nothing beyond the lab is reached.
                "--insecure-registry=" + Registry.NETWORK));
        return command;
    }

    /** Returns the command of an engine that touches nothing but its own directories. */
    static List<String> command(Path directory, Path dataRoot) {
        return new ArrayList<>(List.of(
                "dockerd",
                "--host=unix://" + socket(directory),
                "--data-root=" + dataRoot,
                "--exec-root=" + directory.resolve(STATE),
                "--pidfile=" + directory.resolve(PID_FILE),
                "--config-file=" + directory.resolve(CONFIGURATION),
                "--bridge=none",
                "--iptables=false",
                "--ip6tables=false",
                "--ip-masq=false",
                "--userland-proxy=false",
                "--log-level=warn"));
    }

    private void awaitPing(Path log) throws LabException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (!ping()) {
            if (!process.isAlive()) {
                throw new LabException(
                        "the private Docker engine ended at once: " + tail(log)
                                + ". Run `bench doctor`, and `bench clean` if another engine left its state behind",
                        null);
            }
            if (System.nanoTime() - deadline > 0) {
                throw new LabException(
                        "the private Docker engine did not answer within " + START_SECONDS + " s: " + tail(log), null);
            }
            LockSupport.parkNanos(10_000_000);
        }
    }

    private boolean ping() {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket(directory)));
            channel.write(StandardCharsets.US_ASCII.encode("GET /_ping HTTP/1.0\r\n\r\n"));
            ByteBuffer answer = ByteBuffer.allocate(64);
            return channel.read(answer) > 12
                    && StandardCharsets.US_ASCII
                            .decode(answer.flip())
                            .toString()
                            .contains(" 200 ");
        } catch (IOException e) {
            return false;
        }
    }

    /** Returns the engine's log. */
    Path log() {
        return directory.resolve(LOG);
    }

    static String tail(Path log) {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join(" | ", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
        } catch (IOException e) {
            return "it left no log";
        }
    }

    /** Ends the engine. Where it was killed its containerd lives on, which the lab ends with all that names the run. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
