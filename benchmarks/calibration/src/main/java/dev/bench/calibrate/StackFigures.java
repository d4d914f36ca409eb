package dev.bench.calibrate;

import dev.bench.figure.Figure;
import dev.bench.measure.Measures;
import dev.bench.session.AddressPool;
import dev.bench.session.Operation;
import dev.bench.session.Procedure;
import dev.bench.session.SessionOrder;
import dev.bench.session.Trial;
import dev.bench.target.LaunchException;
import dev.bench.target.Target;
import dev.bench.target.TargetException;
import dev.bench.workload.Limits;
import dev.bench.workload.Stack;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Holds an application that comes up and goes down as containers against what Docker's own commands make of the same Compose
 * file, on the same engine, network and images, within the same limits.
 */
final class StackFigures {
    private static final int WARMUP = 1;
    private static final int ROUNDS = 7;

    private final SessionOrder order;
    private final AddressPool addresses;
    private final Path composeFile;

    /**
     * Prepares figures; nothing is started yet.
     *
     * @param order measures an application
     * @param composeFile the one that its scenario names
     */
    StackFigures(SessionOrder order, AddressPool addresses, Path composeFile) {
        this.order = order;
        this.addresses = addresses;
        this.composeFile = composeFile;
    }

    /** Returns the shipped scenario of an application, beside the launcher. */
    static Path scenario(Path launcher) {
        return launcher.resolveSibling("scenarios").resolve("stack.yaml");
    }

    /** Returns the Compose file that it names. */
    static Path composeFile(Path launcher) {
        return scenario(launcher).resolveSibling("stack").resolve("compose.yaml");
    }

    /** Takes the figures beside one command; each begins with nothing and with empty volumes. */
    List<Figure> beside(ComposeCommand command, Launches launches)
            throws TargetException, LaunchException, IOException {
        Target target = launches.open("docker");
        Procedure procedure = Measures.of(order.plan()).procedure(order);
        Path override = Files.createTempFile(order.lab().runDirectory(), "compose-", ".yaml");
        Files.writeString(override, override());
        ComposeCommand.Project project = new ComposeCommand.Project(
                "bench-" + order.lab().runId() + "-calibration",
                Path.of(URI.create(order.lab().service("docker")).getPath()),
                List.of(composeFile, override));
        Turns turns =
                Turns.take(WARMUP, ROUNDS, 2, () -> ours(procedure, target, launches), () -> theirs(command, project));
        double[][] ours = turns.ours();
        double[][] others = turns.others();
        return List.of(
                Figure.ratio(
                        "application of containers, up and healthy: bench / " + command.up(),
                        ours[0],
                        others[0],
                        1,
                        Figure.Kind.AT_MOST),
                Figure.ratio(
                        "application of containers, down: bench / " + command.down(),
                        ours[1],
                        others[1],
                        1,
                        Figure.Kind.AT_MOST));
    }

    private double[] ours(Procedure procedure, Target target, Launches launches) throws LaunchException {
        Operation operation = procedure.operation(new Trial(
                target.definition().name(),
                target,
                1,
                order.plan().schedule().warmupBlocks() + 1,
                launches::nextName,
                addresses,
                order.resultDirectory().resolve("stack.log")));
        try {
            target.reserve(1);
            operation.start();
            Map<String, Double> values = operation.values();
            return new double[] {value(values, "stack.ready_ms"), value(values, "stack.down_ms")};
        } finally {
            operation.remove();
        }
    }

    private static double value(Map<String, Double> values, String metric) {
        return Objects.requireNonNull(values.get(metric), metric);
    }

    private static double[] theirs(ComposeCommand command, ComposeCommand.Project project) throws IOException {
        try {
            long begin = System.nanoTime();
            command.up(project);
            long healthy = System.nanoTime();
            command.down(project);
            return new double[] {(healthy - begin) / 1e6, (System.nanoTime() - healthy) / 1e6};
        } finally {
            command.remove(project);
        }
    }

    /** Returns what makes the file's services run the same images, within the same limits, on the lab's network. */
    private String override() {
        Stack stack = Objects.requireNonNull(order.plan().workload().stack(), "the scenario has no application");
        Limits limits = order.plan().limits();
        List<String> lines = new ArrayList<>(List.of("services:"));
        stack.services()
                .forEach(service -> lines.add(String.format(
                        Locale.ROOT,
                        "  %s: {image: \"%s\", cpus: %s, mem_limit: %d, memswap_limit: %<d}",
                        service.name(),
                        Objects.requireNonNull(order.services().get(service.name()), service.name())
                                .engineReference(),
                        limits.cpus(),
                        limits.memoryBytes())));
        lines.add("networks: {default: {external: true, name: bench-"
                + order.lab().runId() + "}}");
        return String.join("\n", lines) + "\n";
    }
}
