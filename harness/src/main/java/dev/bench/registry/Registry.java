package dev.bench.registry;

import dev.bench.host.Commands;
import dev.bench.host.Executables;
import dev.bench.host.FileTrees;
import dev.bench.host.NetworkNamespace;
import dev.bench.target.LabView;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Runs a registry in a network of its own, which one link joins to the lab's: whatever is moved passes that link, where it
 * is counted by the kernel and can be slowed down. Everything carries the run's id, so that the lab's end removes what a
 * killed process leaves. In place of one that runs there, the way to an existing one can lead through that network; what is
 * stored there is removed again, by the next run where a killed process leaves it.
 */
public final class Registry implements AutoCloseable {
    /** The program, of the package of the same name. */
    public static final String PROGRAM = "docker-registry";

    /** The network of every lab's link, in the range set aside for measuring networks (RFC 2544). */
    public static final String NETWORK = "198.19.255.0/30";

    private static final String LAB_ADDRESS = "198.19.255.1";
    private static final String ADDRESS = "198.19.255.2";
    private static final int PREFIX_LENGTH = 30;
    private static final int PORT = 5000;

    /** Seconds for a program that listens within milliseconds where the processor is its own. */
    private static final long START_SECONDS = 60;

    private static final long STOP_SECONDS = 5;
    private static final int CONNECT_MILLIS = 1_000;
    private static final int SHOWN_LINES = 3;

    private final String namespace;
    private final String device;
    private final Path storage;
    private final Map<String, RegistryClient> repositories = new TreeMap<>();
    private final @Nullable Existing existing;
    private @Nullable Process process;
    private @Nullable Forwarder way;

    private Registry(LabView lab, @Nullable Existing existing) {
        this.existing = existing;
        this.namespace = "bench-" + lab.runId() + "-registry";
        this.device = "bench" + lab.runId() + "r";
        this.storage = lab.workDirectory().resolve("registry");
    }

    /**
     * Starts it.
     *
     * @param link what to make of the link; null for as fast as the kernel is
     * @param existing the registry to use in place of one of the run's own; null for none
     * @throws RegistryException where it cannot be had on this host, with what to try; nothing of it remains then
     */
    public static Registry start(LabView lab, @Nullable Link link, @Nullable Existing existing) throws IOException {
        Optional<Path> program = Executables.find(PROGRAM);
        if (existing == null && program.isEmpty()) {
            throw new RegistryException(PROGRAM + " is not installed, which serves the images. Install the package of"
                    + " that name, or run it with --yes");
        }
        if (!Files.exists(Path.of("/run/netns", "bench-" + lab.runId()))) {
            throw new RegistryException("deliveries are measured in a network of the run's own only. Run it without"
                    + " --docker-host, --libvirt-uri, DOCKER_HOST and LIBVIRT_DEFAULT_URI");
        }
        Registry registry = new Registry(lab, existing);
        try {
            registry.join(lab);
            if (link != null) {
                registry.slowDown(link);
            }
            if (existing == null) {
                registry.serve(program.orElseThrow(), lab.runDirectory());
            } else {
                registry.reach(existing);
            }
            return registry;
        } catch (IOException e) {
            registry.close();
            throw e;
        }
    }

    private void join(LabView lab) throws IOException {
        Path batch = lab.runDirectory().resolve(namespace);
        Files.writeString(batch, """
                netns add %1$s
                link add %2$s type veth peer name eth0 netns %1$s
                address add %3$s/%4$d dev %2$s
                link set dev %2$s up
                """.formatted(namespace, device, LAB_ADDRESS, PREFIX_LENGTH));
        Commands.runOrThrow(Commands.AT_ONCE, List.of("ip", "-batch", batch.toString()));
        Files.writeString(batch, """
                address add %s/%d dev eth0
                link set dev eth0 up
                link set dev lo up
                """.formatted(ADDRESS, PREFIX_LENGTH));
        Commands.runOrThrow(Commands.AT_ONCE, List.of("ip", "-n", namespace, "-batch", batch.toString()));
        Files.delete(batch);
    }

    private void slowDown(Link link) throws IOException {
        List<String> here = new ArrayList<>(List.of("tc"));
        here.addAll(link.shaping(device));
        List<String> there = new ArrayList<>(List.of("tc", "-n", namespace));
        there.addAll(link.shaping("eth0"));
        for (List<String> command : List.of(here, there)) {
            Commands.Ended ended = Commands.run(Commands.AT_ONCE, command);
            if (ended.status() != 0) {
                throw new RegistryException("this kernel does not make the link " + link.describe() + ": "
                        + ended.tail().replace("\n", "; ")
                        + (link.needsEmulator()
                                ? ". A round trip takes its network emulator (sch_netem); give a rate alone, such as"
                                        + " link: 100Mbit"
                                : ". A rate takes its token bucket (sch_tbf); leave delivery.link out"));
            }
        }
    }

    private void serve(Path program, Path directory) throws IOException {
        Files.createDirectories(storage);
        Path configuration = directory.resolve("registry.yml");
        Path log = directory.resolve("registry.log");
        // Nothing is kept in memory of what is stored, so that files can be removed under it.
        Files.writeString(configuration, """
                version: 0.1
                log: {level: warn, accesslog: {disabled: true}}
                storage:
                  filesystem: {rootdirectory: "%s"}
                  maintenance: {uploadpurging: {enabled: false}}
                http: {addr: "%s"}
                """.formatted(storage, address()));
        Process started = new ProcessBuilder(
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
        process = started;
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (!answers()) {
            if (!started.isAlive() || System.nanoTime() - deadline > 0) {
                throw new RegistryException("the registry does not answer: " + tail(log) + ". Run `bench doctor`");
            }
            LockSupport.parkNanos(10_000_000);
        }
    }

    private void reach(Existing server) throws IOException {
        Forwarder opened = Forwarder.start(
                NetworkNamespace.named(namespace),
                new InetSocketAddress(ADDRESS, PORT),
                NetworkNamespace.ofParent(),
                InetSocketAddress.createUnresolved(server.host(), server.port()));
        way = opened;
        try {
            new RegistryClient(address(), repositoryName("check")).requireRemovals();
        } catch (IOException e) {
            String refusal = opened.refusal();
            throw new RegistryException("the registry " + server + " cannot be used: "
                    + (refusal == null ? e.getMessage() : refusal)
                    + ". It has to answer over HTTP without a password, and to let what is stored be removed"
                    + " (storage: {delete: {enabled: true}}), so that every first push is one and nothing of it stays;"
                    + " without delivery.registry one is run here");
        }
    }

    /**
     * Names the repository of a target, whose content is removed by {@link #empty} and at the end.
     *
     * @param label lower-case letters, digits and hyphens, unique in the run
     */
    public String repository(String label) throws IOException {
        String name = repositoryName(label);
        repositories.computeIfAbsent(name, each -> new RegistryClient(address(), each));
        return name;
    }

    /** Other hosts may use an existing registry at the same time, but no other run of this one. */
    private String repositoryName(String label) throws IOException {
        return existing == null ? "bench/" + label : "bench/" + existing.client() + "/" + label;
    }

    private static boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(ADDRESS, PORT), CONNECT_MILLIS);
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

    /** Returns where it answers, as {@code HOST:PORT}. */
    public String address() {
        return ADDRESS + ":" + PORT;
    }

    /** Removes everything that is stored in the repositories named so far, be it by a run that was killed. */
    public void empty() throws IOException {
        if (existing != null) {
            for (RegistryClient repository : repositories.values()) {
                for (String tag : repository.tags()) {
                    repository.remove(tag);
                }
            }
            return;
        }
        try (DirectoryStream<Path> all = Files.newDirectoryStream(storage)) {
            for (Path stored : all) {
                FileTrees.delete(stored);
            }
        }
    }

    /**
     * Returns the bytes that have passed the link in both directions since it was made, counted by the kernel at the lab's
     * end with all headers down to those of Ethernet.
     */
    public long passedBytes() throws IOException {
        return passedBytes(Files.readString(Path.of("/proc/net/dev")), device);
    }

    /** Reads what an interface has received and sent (proc(5)). */
    static long passedBytes(String statistics, String device) throws IOException {
        Matcher line = Pattern.compile("(?m)^ *" + Pattern.quote(device) + ": *([0-9]+)((?: +[0-9]+){7}) +([0-9]+)")
                .matcher(statistics);
        if (!line.find()) {
            throw new IOException("the kernel counts nothing for the interface " + device);
        }
        return Long.parseLong(line.group(1)) + Long.parseLong(line.group(3));
    }

    /** Ends it and removes the link and all that is stored; never throws. */
    @Override
    public void close() {
        Process running = process;
        Forwarder opened = way;
        try {
            if (opened != null) {
                empty();
            }
        } catch (IOException e) {
            // Each run empties them first.
        }
        try {
            if (opened != null) {
                opened.close();
            }
            if (running != null) {
                running.destroy();
                if (!running.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                    running.destroyForcibly();
                }
            }
            // A namespace is emptied some time after its deletion, and the next link has the same name.
            Commands.run(Commands.AT_ONCE, List.of("ip", "link", "delete", "dev", device));
            if (Files.exists(Path.of("/run/netns", namespace))) {
                Commands.run(Commands.AT_ONCE, List.of("ip", "netns", "delete", namespace));
            }
            FileTrees.delete(storage);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            // The lab's end removes all that carries the run's id.
        }
    }
}
