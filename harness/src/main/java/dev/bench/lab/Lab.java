package dev.bench.lab;

import dev.bench.target.LabView;
import dev.bench.target.Subnet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Is the place a run measures in: one bridge for every kind of target, and engines that serve nobody else.
 *
 * <p>By default it is a network namespace with a private Docker engine and libvirt's embedded driver. Where an existing
 * engine is to be used, the bridge is in the host's network, because that is where the engine is.
 */
public final class Lab implements AutoCloseable {
    private final LabView view;
    private final Optional<String> namespace;
    private final @Nullable PrivateDocker docker;
    private final @Nullable DockerNetwork network;

    private Lab(
            LabView view, Optional<String> namespace, @Nullable PrivateDocker docker, @Nullable DockerNetwork network) {
        this.view = view;
        this.namespace = namespace;
        this.docker = docker;
        this.network = network;
    }

    /** Makes and removes the container engine's network on the lab's bridge. */
    public interface DockerNetworks {
        /**
         * Removes every container and network that bears a run's label: what a killed run left in the private engine's
         * data, which the engine takes up again when it starts.
         *
         * @param dockerHost the private engine
         */
        void clear(String dockerHost) throws IOException;

        /**
         * Makes a bridge network.
         *
         * @param dockerHost the engine
         * @param name name of the network
         * @param bridge name of its Linux bridge
         * @param subnet its addresses
         * @param runId run id to label it with
         */
        DockerNetwork create(String dockerHost, String name, String bridge, Subnet subnet, String runId)
                throws IOException;
    }

    /** Is a network of the container engine; closing removes it. */
    public interface DockerNetwork extends AutoCloseable {
        @Override
        void close();
    }

    /** Returns a fresh run id: eight characters that fit into every name. */
    public static String newRunId() {
        return String.format("%08x", new SecureRandom().nextInt());
    }

    /**
     * Starts a lab.
     *
     * @throws LabException where it cannot be started; nothing of it remains then
     */
    public static Lab start(LabOptions options, DockerNetworks networks) throws LabException {
        Map<String, String> facts = new LinkedHashMap<>();
        Path work = options.cacheDirectory().toAbsolutePath().resolve("runs").resolve(options.runId());
        facts.put(RunDirectory.WORK, work.toString());
        if (options.dockerHost() != null) {
            facts.put("dockerHost", options.dockerHost());
        }
        if (options.libvirtUri() != null) {
            facts.put("libvirtUri", options.libvirtUri());
        }
        String runId = options.runId();
        Path directory = RunDirectory.of(runId);
        PrivateDocker docker = null;
        DockerNetwork network = null;
        try {
            facts.put(RunDirectory.CONTROLLERS, String.join(" ", RunDirectory.controllersBefore()));
            RunDirectory.create(runId, facts);
            Files.createDirectories(work);
            boolean hermetic = options.dockerHost() == null && options.libvirtUri() == null;
            Optional<String> namespace = hermetic ? Optional.of(Network.namespace(runId)) : Optional.empty();
            if (hermetic) {
                Network.createNamespace(Network.namespace(runId));
            }
            Subnet subnet = hermetic ? new Subnet("198.18.0.") : Network.freeSubnet();
            String dockerHost = options.dockerHost();
            if (dockerHost == null) {
                docker = PrivateDocker.start(
                        directory, options.cacheDirectory().resolve("docker"), command -> enter(namespace, command));
                dockerHost = "unix://" + PrivateDocker.socket(directory);
                networks.clear(dockerHost);
            }
            String libvirtUri = options.libvirtUri();
            if (libvirtUri == null) {
                Path root = directory.resolve("libvirt");
                LibvirtConfiguration.write(
                        root, options.cacheDirectory().toAbsolutePath().resolve("libvirt"));
                libvirtUri = "qemu:///embed?root=" + root;
            }
            String bridge = Network.bridge(runId);
            network = networks.create(dockerHost, "bench-" + runId, bridge, subnet, runId);
            if (options.dockerHost() != null && !Network.hasBridge(runId)) {
                Network.createBridge(runId, subnet);
            } else {
                Network.setNeighbours(namespace, bridge, subnet, directory.resolve("neighbours"));
            }
            LabView view = new LabView(
                    runId,
                    directory,
                    work,
                    options.cacheDirectory(),
                    bridge,
                    subnet,
                    dockerHost,
                    "bench-" + runId,
                    libvirtUri);
            return new Lab(view, namespace, docker, network);
        } catch (IOException e) {
            abandon(runId, directory, docker, network);
            throw new LabException(
                    "cannot start the lab: " + e.getMessage() + ". Run `bench doctor` for what is missing", e);
        } catch (LabException e) {
            abandon(runId, directory, docker, network);
            throw e;
        }
    }

    private static void abandon(
            String runId, Path directory, @Nullable PrivateDocker docker, @Nullable DockerNetwork network) {
        if (docker != null) {
            // An engine that is asked to end waits ten seconds for a container that is left.
            Leftovers.killMembers(runId);
        }
        if (network != null) {
            network.close();
        }
        if (docker != null) {
            docker.close();
        }
        try {
            Leftovers.removeRun(runId, directory);
        } catch (IOException e) {
            // The next run tries again, and then says what stands in the way.
        }
    }

    /** Returns what a target driver may know of the lab. */
    public LabView view() {
        return view;
    }

    /** Returns the network namespace everything is in; empty where it is the host's. */
    public Optional<String> namespace() {
        return namespace;
    }

    /** Returns a command that runs another in the lab's network, seeing the host's control groups as they are. */
    public List<String> enter(List<String> command) {
        return enter(namespace, command);
    }

    private static List<String> enter(Optional<String> namespace, List<String> command) {
        List<String> entered = new ArrayList<>();
        // `ip netns exec` would mount a /sys of its own and hide the control groups.
        namespace.ifPresent(name -> entered.addAll(List.of("nsenter", "--net=/run/netns/" + name, "--")));
        entered.addAll(command);
        return entered;
    }

    /** Returns the private engine's log, which is gone with the lab; empty where the engine is not the lab's. */
    public Optional<Path> engineLog() {
        return Optional.of(view.runDirectory().resolve("dockerd.log")).filter(Files::exists);
    }

    /** Removes everything. */
    @Override
    public void close() {
        abandon(view.runId(), view.runDirectory(), docker, network);
    }
}
