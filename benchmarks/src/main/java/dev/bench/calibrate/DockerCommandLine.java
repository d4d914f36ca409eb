package dev.bench.calibrate;

import dev.bench.host.Commands;
import dev.bench.target.LabView;
import dev.bench.workload.Limits;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Starts and removes containers with the {@code docker} command. */
final class DockerCommandLine {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    /** Above those that launches get. */
    private static final int ADDRESS_NUMBER = 252;

    private final String image;
    private final Limits limits;
    private final LabView lab;
    private final InetAddress address;

    DockerCommandLine(String image, Limits limits, LabView lab) throws IOException {
        this.image = image;
        this.limits = limits;
        this.lab = lab;
        this.address = lab.network().host(ADDRESS_NUMBER);
        // Clients and engines disagree about how a hardware address is given; without one, it has to be asked for.
        Commands.runOrThrow(
                TIMEOUT, List.of("ip", "neighbour", "delete", address.getHostAddress(), "dev", lab.bridge()));
    }

    /** Returns the address of every container. */
    InetAddress address() {
        return address;
    }

    /** Returns the whole of {@code docker run}, in the background. */
    List<String> run(String name) {
        List<String> command = command("run", "--detach", "--name", name);
        command.addAll(List.of("--network", lab.dockerNetwork(), "--ip", address.getHostAddress()));
        command.addAll(List.of("--cpus", String.format(Locale.ROOT, "%s", limits.cpus())));
        command.addAll(List.of("--memory", Long.toString(limits.memoryBytes())));
        command.addAll(List.of("--memory-swap", Long.toString(limits.memoryBytes()), image));
        return command;
    }

    void remove(String name) throws IOException {
        Commands.runOrThrow(TIMEOUT, command("rm", "--force", "--volumes", name));
    }

    private List<String> command(String... words) {
        List<String> command = new ArrayList<>(List.of("docker", "--host", lab.dockerHost()));
        command.addAll(List.of(words));
        return command;
    }
}
