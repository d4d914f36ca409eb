package dev.bench.calibrate;

import dev.bench.figure.Figure;
import dev.bench.result.PhaseName;
import dev.bench.session.LaunchOperation;
import dev.bench.target.LaunchException;
import dev.bench.target.Target;
import dev.bench.target.TargetException;
import dev.bench.workload.Readiness;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Holds container launches against a bare API client and against the {@code docker} command. */
final class ContainerFigures {
    private static final int WARMUP = 5;
    private static final long REST_NANOS = 200_000;
    private static final String ENGINE = "docker";

    private final int launches;

    ContainerFigures(int launches) {
        this.launches = launches;
    }

    /** Compares the time to the first right answer with that of the fewest API requests there can be. */
    Figure ready(Launches workload) throws TargetException, LaunchException, IOException {
        Target target = workload.open(ENGINE);
        HttpLoop loop = new HttpLoop((Readiness.Http) workload.plan().workload().readiness(), REST_NANOS);
        try (BareContainer container =
                new BareContainer(workload.image(), workload.plan().limits(), workload.lab(), loop)) {
            Turns turns = Turns.take(WARMUP, launches, 1, () -> new double[] {workload.readyMs(target)}, () ->
                    new double[] {container.launch(workload.nextName(), workload.nextAddress())});
            return Figure.ratio(
                    "container, request to ready: bench / bare API client",
                    turns.ours()[0],
                    turns.others()[0],
                    1.05,
                    Figure.Kind.AT_MOST);
        }
    }

    /**
     * Compares the time to the workload's first instruction, which the workload itself states, with that of {@code
     * docker run}.
     */
    Figure exec(Launches clock) throws TargetException, LaunchException, IOException {
        Target target = clock.open(ENGINE);
        DockerCommandLine docker = new DockerCommandLine(
                clock.image().engineReference(), clock.plan().limits(), clock.lab());
        Turns turns = Turns.take(WARMUP, launches, 1, () -> new double[] {started(clock, target)}, () ->
                new double[] {started(clock, docker)});
        return Figure.ratio(
                "container, request to exec: bench / docker run",
                turns.ours()[0],
                turns.others()[0],
                1,
                Figure.Kind.BELOW);
    }

    private static double started(Launches clock, Target target) throws LaunchException, IOException {
        InetAddress address = clock.nextAddress();
        LaunchOperation operation = clock.operation(target, address);
        try {
            operation.start();
            long begin = operation.moments().at(PhaseName.REQUEST).orElseThrow();
            return (ClockWorkload.ask(address, false).started() - begin) / 1e6;
        } finally {
            operation.remove();
        }
    }

    private static double started(Launches clock, DockerCommandLine docker) throws IOException {
        InetAddress address = docker.address();
        String name = clock.nextName();
        List<String> command = docker.run(name);
        try {
            long begin = System.nanoTime();
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
                throw new IOException("it failed: " + String.join(" ", command) + "\n"
                        + new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            }
            return (ClockWorkload.ask(address, false).started() - begin) / 1e6;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            docker.remove(name);
        }
    }
}
