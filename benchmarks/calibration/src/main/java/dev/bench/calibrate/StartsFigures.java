package dev.bench.calibrate;

import dev.bench.figure.Figure;
import dev.bench.host.Commands;
import dev.bench.host.SystemFiles;
import dev.bench.measure.scaleout.ParallelStarts;
import dev.bench.measure.scaleout.ScaleOutTrial;
import dev.bench.measure.scaleout.Starts;
import dev.bench.session.LaunchOperation;
import dev.bench.target.LaunchException;
import dev.bench.target.Subnet;
import dev.bench.target.Target;
import dev.bench.target.TargetException;
import dev.bench.workload.Readiness;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToDoubleFunction;

/**
 * Holds many starts at once against {@code xargs -P docker run} and against a bare concurrent API client. All three are
 * timed from the first request until every container has answered.
 */
final class StartsFigures {
    private static final int INSTANCES = 40;
    private static final int CONCURRENCY = 8;
    private static final int ROUNDS = 12;
    private static final double MOST_PROCESSOR_TIME = 1.03;
    private static final double MOST_PROCESSOR_MILLIS = 20;
    private static final long REST_NANOS = 200_000;
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    /**
     * Holds what came of many starts.
     *
     * @param perSecond instances that became ready per second
     * @param spent processor time for each of them
     */
    record Round(double perSecond, ProcessorTime spent) {}

    List<Figure> of(Launches workload) throws TargetException, LaunchException, IOException, InterruptedException {
        Target target = workload.open("docker");
        HttpLoop loop = new HttpLoop((Readiness.Http) workload.plan().workload().readiness(), REST_NANOS);
        DockerCommandLine docker = new DockerCommandLine(
                workload.image().engineReference(), workload.plan().limits(), workload.lab());
        double[] ours = new double[ROUNDS];
        double[] command = new double[ROUNDS];
        double[] bare = new double[ROUNDS];
        ProcessorTime[] ourTime = new ProcessorTime[ROUNDS];
        ProcessorTime[] bareTime = new ProcessorTime[ROUNDS];
        // The first only warms up.
        ours(workload, target);
        for (int round = 0; round < ROUNDS; round++) {
            // Each is the first, the second and the third equally often: a host gets slower and faster over minutes.
            for (int turn = round; turn < round + 3; turn++) {
                switch (turn % 3) {
                    case 0 -> {
                        Round mine = ours(workload, target);
                        ours[round] = mine.perSecond();
                        ourTime[round] = mine.spent();
                    }
                    case 1 -> {
                        Round other = bare(workload, loop);
                        bare[round] = other.perSecond();
                        bareTime[round] = other.spent();
                    }
                    default -> command[round] = command(workload, docker, loop);
                }
            }
        }
        String what = INSTANCES + " containers started, " + CONCURRENCY + " at a time, all ready: bench / ";
        return List.of(
                Figure.rates(what + "xargs -P " + CONCURRENCY + " docker run", ours, command, 1.05),
                Figure.rates(what + "bare concurrent API client", ours, bare, 0.97),
                hostTime(ourTime, bareTime),
                ownTime(ourTime, bareTime),
                residentSet());
    }

    /** Tells what a difference to the bare client can come from: the processors are the engine's too. */
    private static Figure hostTime(ProcessorTime[] ours, ProcessorTime[] bare) {
        return Figure.ratio(
                "processor time of the whole host for each of these starts: bench / bare concurrent API client",
                Arrays.stream(ours).mapToDouble(ProcessorTime::hostMillis).toArray(),
                Arrays.stream(bare).mapToDouble(ProcessorTime::hostMillis).toArray(),
                MOST_PROCESSOR_TIME,
                Figure.Kind.AT_MOST);
    }

    /** Tells how much of that is the measuring JVM's, and what it was spent on. */
    private static Figure ownTime(ProcessorTime[] ours, ProcessorTime[] bare) {
        double more = beyond(ours, bare, ProcessorTime::ownMillis);
        String name = String.format(
                Locale.ROOT,
                "of that the measuring JVM's, beyond the bare client's %.2f ms"
                        + " (compiling %.2f, hearing of executions %.2f, the rest requests and probes)",
                Figure.median(Arrays.stream(bare)
                        .mapToDouble(ProcessorTime::ownMillis)
                        .toArray()),
                beyond(ours, bare, ProcessorTime::compilingMillis),
                beyond(ours, bare, ProcessorTime::hearingMillis));
        return new Figure(name, Figure.millis(more), "", more, MOST_PROCESSOR_MILLIS, Figure.Kind.AT_MOST);
    }

    private static double beyond(ProcessorTime[] ours, ProcessorTime[] bare, ToDoubleFunction<ProcessorTime> part) {
        double[] more = new double[ours.length];
        for (int i = 0; i < more.length; i++) {
            more[i] = part.applyAsDouble(ours[i]) - part.applyAsDouble(bare[i]);
        }
        return Figure.median(more);
    }

    /** Reads the most memory this JVM has held, which is the one that measures. */
    private static Figure residentSet() throws IOException {
        for (String line : SystemFiles.ofHost().lines("/proc/self/status")) {
            String[] words = line.split("\\s+", -1);
            if (words[0].equals("VmHWM:")) {
                double mebibytes = Double.parseDouble(words[1]) / 1024;
                return new Figure(
                        "largest resident set of the measuring JVM, " + INSTANCES + " containers running",
                        String.format(Locale.ROOT, "%.0f MiB", mebibytes),
                        "",
                        mebibytes,
                        300,
                        Figure.Kind.AT_MOST);
            }
        }
        throw new IOException("/proc/self/status states no VmHWM");
    }

    private static Round ours(Launches workload, Target target) throws LaunchException, InterruptedException {
        return ours(workload, target, INSTANCES, CONCURRENCY);
    }

    /** Starts so many of ours, so many at a time. */
    static Round ours(Launches workload, Target target, int instances, int concurrency)
            throws LaunchException, InterruptedException {
        List<LaunchOperation> operations = new ArrayList<>();
        for (int i = 0; i < instances; i++) {
            operations.add(workload.operation(target, workload.nextAddress()));
        }
        ParallelStarts starts = new ParallelStarts(new Starts(instances, concurrency, 0), operations);
        try {
            ProcessorTime before = ProcessorTime.now();
            starts.run();
            ProcessorTime spent = ProcessorTime.now().since(before, instances);
            LaunchException failure = starts.firstFailure();
            if (failure != null) {
                throw failure;
            }
            double end = starts.starts().stream()
                    .mapToDouble(ScaleOutTrial.Start::endedMs)
                    .max()
                    .orElseThrow();
            return new Round(instances / end * 1e3, spent);
        } finally {
            ParallelStarts.remove(operations);
        }
    }

    /** Runs as many connections as there are starts under way, each with its own thread. */
    private static Round bare(Launches workload, HttpLoop loop) throws IOException, InterruptedException {
        List<String> names = new ArrayList<>();
        List<InetAddress> addresses = new ArrayList<>();
        for (int i = 0; i < INSTANCES; i++) {
            names.add(workload.nextName());
            addresses.add(workload.nextAddress());
        }
        List<BareContainer> clients = new ArrayList<>();
        try {
            List<Callable<Long>> shares = new ArrayList<>();
            AtomicInteger next = new AtomicInteger();
            for (int i = 0; i < CONCURRENCY; i++) {
                BareContainer client = client(workload, loop);
                clients.add(client);
                shares.add(() -> {
                    long last = 0;
                    for (int index = next.getAndIncrement(); index < INSTANCES; index = next.getAndIncrement()) {
                        last = client.start(names.get(index), addresses.get(index));
                    }
                    return last;
                });
            }
            ProcessorTime before = ProcessorTime.now();
            long begin = System.nanoTime();
            long end = Collections.max(Together.run("the bare client", shares));
            return new Round(
                    INSTANCES / ((end - begin) / 1e9), ProcessorTime.now().since(before, INSTANCES));
        } finally {
            for (BareContainer client : clients) {
                client.close();
            }
            remove(workload, loop, names);
        }
    }

    /** Removes containers one by one: an engine may lock itself up where several end together. */
    private static void remove(Launches workload, HttpLoop loop, List<String> names) throws IOException {
        try (BareContainer client = client(workload, loop)) {
            for (String name : names) {
                client.remove(name);
            }
        }
    }

    private static BareContainer client(Launches workload, HttpLoop loop) throws IOException {
        return new BareContainer(workload.image(), workload.plan().limits(), workload.lab(), loop);
    }

    private static double command(Launches workload, DockerCommandLine docker, HttpLoop loop)
            throws IOException, InterruptedException {
        List<String> names = new ArrayList<>();
        List<InetAddress> addresses = new ArrayList<>();
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < INSTANCES; i++) {
            names.add(workload.nextName());
            addresses.add(workload.nextAddress());
            lines.append(docker.line(
                    names.get(i), addresses.get(i), workload.image().config().argv()));
        }
        Path input = Files.writeString(workload.lab().workDirectory().resolve("containers.txt"), lines);
        // The command gives no hardware address; engines disagree about which one they choose.
        neighbours(workload, addresses, "delete");
        try {
            long begin = System.nanoTime();
            Process process = new ProcessBuilder(docker.runMany(CONCURRENCY))
                    .redirectInput(input.toFile())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            if (!process.waitFor(5, TimeUnit.MINUTES) || process.exitValue() != 0) {
                throw new IOException("it failed: " + String.join(" ", docker.runMany(CONCURRENCY)));
            }
            long end = begin;
            for (InetAddress address : addresses) {
                end = loop.await(address, () -> true);
            }
            return INSTANCES / ((end - begin) / 1e9);
        } finally {
            remove(workload, loop, names);
            neighbours(workload, addresses, "replace");
            Files.delete(input);
        }
    }

    /** Takes away or gives back the neighbour entries that the lab has set for every address. */
    private static void neighbours(Launches workload, List<InetAddress> addresses, String verb) throws IOException {
        for (InetAddress address : addresses) {
            List<String> command = new ArrayList<>(List.of("ip", "neighbour", verb, address.getHostAddress()));
            command.addAll(List.of("dev", workload.lab().bridge()));
            if (verb.equals("replace")) {
                command.addAll(List.of("lladdr", Subnet.hardwareAddress(address), "nud", "permanent"));
            }
            Commands.runOrThrow(TIMEOUT, command);
        }
    }
}
