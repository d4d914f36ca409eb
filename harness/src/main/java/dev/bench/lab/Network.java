package dev.bench.lab;

import dev.bench.host.Commands;
import dev.bench.target.Subnet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes the lab's network namespace, and sets the neighbour entries on its bridge. */
final class Network {
    private Network() {}

    static String namespace(String runId) {
        return "bench-" + runId;
    }

    /** Interface names end at 15 characters: {@code bench} and the run id are 13. */
    static String bridge(String runId) {
        return "bench" + runId;
    }

    /** Returns the name of the interface that keeps the bridge in being. */
    private static String keeper(String runId) {
        return bridge(runId) + "k";
    }

    /** Tells whether the bridge is there, in the network this process is in. */
    static boolean hasBridge(String runId) {
        return Files.exists(Path.of("/sys/class/net", bridge(runId)));
    }

    /**
     * Makes the bridge for an engine that would make it only with the first container, as Podman does, and remove it
     * with the last: it stays for as long as an interface is attached.
     *
     * <p>Such an engine gives containers hardware addresses of its own choice (Podman before 4.4), so neighbours are asked
     * for here and not set. An address that is used again is asked for anew at once: the kernel would otherwise try the
     * predecessor's hardware address for eight seconds.
     */
    static void createBridge(String runId, Subnet network) throws IOException {
        String bridge = bridge(runId);
        // Without an address of its own a bridge takes the lowest of its ports', and changes it as they come and go.
        String hardwareAddress = Subnet.hardwareAddress(network.gateway());
        Commands.runOrThrow(
                Commands.AT_ONCE, List.of("ip", "link", "add", bridge, "address", hardwareAddress, "type", "bridge"));
        Path neighbours = Path.of("/proc/sys/net/ipv4/neigh", bridge);
        Files.writeString(neighbours.resolve("delay_first_probe_time"), "0");
        Files.writeString(neighbours.resolve("ucast_solicit"), "0");
        String address = network.gateway().getHostAddress() + "/" + Subnet.PREFIX_LENGTH;
        Commands.runOrThrow(Commands.AT_ONCE, List.of("ip", "address", "add", address, "dev", bridge));
        String keeper = keeper(runId);
        Commands.runOrThrow(Commands.AT_ONCE, List.of("ip", "tuntap", "add", "dev", keeper, "mode", "tap"));
        Commands.runOrThrow(Commands.AT_ONCE, List.of("ip", "link", "set", keeper, "master", bridge, "up"));
        Commands.runOrThrow(Commands.AT_ONCE, List.of("ip", "link", "set", bridge, "up"));
    }

    /** Removes what the host's own network holds of a run. */
    static void removeBridge(String runId) throws IOException {
        removeLink(keeper(runId));
        removeLink(bridge(runId));
    }

    static void createNamespace(String name) throws IOException {
        Commands.runOrThrow(Commands.AT_ONCE, List.of("ip", "netns", "add", name));
        Commands.runOrThrow(Commands.AT_ONCE, List.of("ip", "-n", name, "link", "set", "lo", "up"));
    }

    static void removeNamespace(String name) throws IOException {
        if (Files.exists(Path.of("/run/netns", name))) {
            Commands.runOrThrow(Commands.AT_ONCE, List.of("ip", "netns", "delete", name));
        }
    }

    private static void removeLink(String name) throws IOException {
        if (Files.exists(Path.of("/sys/class/net", name))) {
            Commands.runOrThrow(Commands.AT_ONCE, List.of("ip", "link", "delete", name));
        }
    }

    /**
     * Chooses a /24 of 198.18.0.0/15, the range set aside for benchmarking networks (RFC 2544), that no route of the
     * network this process is in uses.
     */
    static Subnet freeSubnet() throws IOException {
        String routes = Commands.runOrThrow(Commands.AT_ONCE, List.of("ip", "-4", "route", "show", "table", "all"));
        for (int second = 18; second <= 19; second++) {
            for (int third = 0; third < 256; third++) {
                String prefix = "198." + second + "." + third + ".";
                if (!routes.contains(prefix)) {
                    return new Subnet(prefix);
                }
            }
        }
        throw new IOException("every network in 198.18.0.0/15 is in use on this host");
    }

    /**
     * Sets a permanent neighbour entry for every address instances can have, so that the first packet to a new instance
     * neither waits for address resolution nor goes to a predecessor's hardware address.
     */
    static void setNeighbours(Optional<String> namespace, String bridge, Subnet network, Path batch)
            throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int number = 2; number <= 254; number++) {
            var address = network.host(number);
            lines.append("neighbour replace ")
                    .append(address.getHostAddress())
                    .append(" lladdr ")
                    .append(Subnet.hardwareAddress(address))
                    .append(" dev ")
                    .append(bridge)
                    .append(" nud permanent\n");
        }
        Files.writeString(batch, lines);
        List<String> command = new ArrayList<>(List.of("ip"));
        namespace.ifPresent(name -> command.addAll(List.of("-n", name)));
        command.addAll(List.of("-batch", batch.toString()));
        Commands.runOrThrow(Commands.AT_ONCE, command);
    }
}
