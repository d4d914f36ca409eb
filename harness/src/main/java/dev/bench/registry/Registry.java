package dev.bench.registry;

import dev.bench.host.Commands;
import dev.bench.host.Executables;
import dev.bench.host.NetworkNamespace;
import dev.bench.target.LabView;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
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

    private final String namespace;
    private final String device;
    private @Nullable Backend backend;

    private Registry(LabView lab) {
        this.namespace = "bench-" + lab.runId() + "-registry";
        this.device = "bench" + lab.runId() + "r";
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
        Registry registry = new Registry(lab);
        try {
            registry.join(lab);
            if (link != null) {
                registry.slowDown(link);
            }
            InetSocketAddress address = new InetSocketAddress(ADDRESS, PORT);
            registry.backend = existing == null
                    ? OwnRegistry.start(program.orElseThrow(), lab, registry.namespace, address)
                    : ExistingRegistry.reach(existing, NetworkNamespace.named(registry.namespace), address);
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

    /**
     * Names the repository of a target, whose content is removed by {@link #empty} and at the end.
     *
     * @param label lower-case letters, digits and hyphens, unique in the run
     */
    public String repository(String label) throws IOException {
        return backend().repository(label);
    }

    private Backend backend() {
        return Objects.requireNonNull(backend, "it is not started");
    }

    /** Returns where it answers, as {@code HOST:PORT}. */
    public String address() {
        return ADDRESS + ":" + PORT;
    }

    /** Removes everything that is stored in the repositories named so far, be it by a run that was killed. */
    public void empty() throws IOException {
        backend().empty();
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
        Backend serving = backend;
        try {
            if (serving != null) {
                serving.close();
            }
        } catch (IOException e) {
            // Each run empties what it finds, and the lab's end removes all that carries the run's id.
        }
        try {
            // A namespace is emptied some time after its deletion, and the next link has the same name.
            Commands.run(Commands.AT_ONCE, List.of("ip", "link", "delete", "dev", device));
            if (Files.exists(Path.of("/run/netns", namespace))) {
                Commands.run(Commands.AT_ONCE, List.of("ip", "netns", "delete", namespace));
            }
        } catch (IOException e) {
            // The lab's end removes all that carries the run's id.
        }
    }
}
