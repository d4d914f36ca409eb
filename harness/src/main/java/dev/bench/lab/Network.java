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

    /**
     * Tells whether the bridge is there.
     *
     * @param namespace the lab's network; empty where it is the one this process is in
     */
    static boolean hasBridge(Optional<String> namespace, String runId) throws IOException {
        if (namespace.isEmpty()) {
            return Files.exists(Path.of("/sys/class/net", bridge(runId)));
        }
        return Commands.run(Commands.AT_ONCE, ip(namespace, "link", "show", "dev", bridge(runId)))
                        .status()
                == 0;
    }

    private static List<String> ip(Optional<String> namespace, String... arguments) {
        List<String> command = new ArrayList<>(List.of("ip"));
        namespace.ifPresent(name -> command.addAll(List.of("-n", name)));
        command.addAll(List.of(arguments));
        return command;
    }

    /**
     * Makes the bridge where no service has made it, as one that makes it only with the first container and removes it with
     * the last, such as Podman: it stays for as long as an interface is attached.
     *
     * <p>Such an engine gives containers hardware addresses of its own choice (Podman before 4.4), so neighbours are asked
     * for here and not set. An address that is used again is asked for anew at once: the kernel would otherwise try the
     * predecessor's hardware address for eight seconds.
     */
    static void createBridge(Optional<String> namespace, String runId, Subnet network) throws IOException {
        String bridge = bridge(runId);
        // Without an address of its own a bridge takes the lowest of its ports', and changes it as they come and go.
        String hardwareAddress = Subnet.hardwareAddress(network.gateway());
        Commands.runOrThrow(
                Commands.AT_ONCE, ip(namespace, "link", "add", bridge, "address", hardwareAddress, "type", "bridge"));
        askAtOnce(namespace, bridge);
        String address = network.gateway().getHostAddress() + "/" + Subnet.PREFIX_LENGTH;
        Commands.runOrThrow(Commands.AT_ONCE, ip(namespace, "address", "add", address, "dev", bridge));
        String keeper = keeper(runId);
        Commands.runOrThrow(Commands.AT_ONCE, ip(namespace, "tuntap", "add", "dev", keeper, "mode", "tap"));
        Commands.runOrThrow(Commands.AT_ONCE, ip(namespace, "link", "set", keeper, "master", bridge, "up"));
        Commands.runOrThrow(Commands.AT_ONCE, ip(namespace, "link", "set", bridge, "up"));
    }

    /** Sets how neighbours on the bridge are asked for; the kernel shows these files of the network of who opens them. */
    private static void askAtOnce(Optional<String> namespace, String bridge) throws IOException {
        for (String setting : List.of("delay_first_probe_time", "ucast_solicit")) {
            Path file = Path.of("/proc/sys/net/ipv4/neigh", bridge, setting);
            if (namespace.isEmpty()) {
                Files.writeString(file, "0");
            } else {
                Commands.runOrThrow(
                        Commands.AT_ONCE,
                        List.of(
                                "nsenter",
                                "--net=/run/netns/" + namespace.get(),
                                "--",
                                "sh",
                                "-c",
                                "echo 0 >\"$0\"",
                                file.toString()));
            }
        }
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
        Commands.runOrThrow(Commands.AT_ONCE, ip(namespace, "-batch", batch.toString()));
    }
}
