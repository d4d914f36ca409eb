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
import java.util.stream.Collectors;

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
        // Flushed and not deleted: another part of the calibration in this lab may have done so before.
        Commands.runOrThrow(
                TIMEOUT,
                List.of("ip", "neighbour", "flush", "to", address.getHostAddress(), "dev", lab.bridge(), "nud", "all"));
    }

    /** Returns the address of every container. */
    InetAddress address() {
        return address;
    }

    /** Returns the whole of {@code docker run}, in the background. */
    List<String> run(String name) {
        List<String> command = command("run", "--detach");
        command.addAll(limits());
        command.addAll(List.of("--name", name, "--ip", address.getHostAddress(), image));
        return command;
    }

    /** Returns {@code docker run} for many, so many at a time, by {@code xargs}; {@link #line} makes a line of its input. */
    List<String> runMany(int concurrency) {
        List<String> command = new ArrayList<>(List.of("xargs", "-P", Integer.toString(concurrency), "-L", "1"));
        command.addAll(command("run", "--detach"));
        command.addAll(limits());
        return command;
    }

    /** Returns the arguments of one container among many, which executes an argument vector, quoted as xargs reads it. */
    String line(String name, InetAddress its, List<String> argv) {
        String arguments =
                argv.stream().skip(1).map(argument -> " \"" + argument + "\"").collect(Collectors.joining());
        return "--name " + name + " --ip " + its.getHostAddress() + " --entrypoint " + argv.get(0) + " " + image
                + arguments + "\n";
    }

    private List<String> limits() {
        return List.of(
                "--network",
                "bench-" + lab.runId(),
                "--cpus",
                String.format(Locale.ROOT, "%s", limits.cpus()),
                "--memory",
                Long.toString(limits.memoryBytes()),
                "--memory-swap",
                Long.toString(limits.memoryBytes()));
    }

    void remove(String name) throws IOException {
        Commands.runOrThrow(TIMEOUT, command("rm", "--force", "--volumes", name));
    }

    private List<String> command(String... words) {
        List<String> command = new ArrayList<>(List.of("docker", "--host", lab.service("docker")));
        command.addAll(List.of(words));
        return command;
    }
}
