package dev.bench.calibrate;

import dev.bench.figure.Figure;
import dev.bench.host.Commands;
import dev.bench.measure.Measures;
import dev.bench.session.AddressPool;
import dev.bench.session.Operation;
import dev.bench.session.Procedure;
import dev.bench.session.SessionOrder;
import dev.bench.session.Trial;
import dev.bench.target.LaunchException;
import dev.bench.target.Target;
import dev.bench.target.TargetException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/** Holds what fio finds in our containers and machines against the same fio in those that are started by hand. */
final class StorageFigures {
    private static final Duration TIMEOUT = Duration.ofMinutes(5);
    private static final long BYTES = 16L << 20;
    private static final long RUNTIME_MILLIS = 2_000;
    private static final String END = "all-jobs-ended";

    /** Where fio's terse format, third version, has operations per second. */
    private static final int READS = 7;

    private static final int WRITES = 48;
    private static final int FIELDS = 100;

    private static final String FIO = "fio --ioengine=psync --bs=4k --filename=/bench/data --size=" + BYTES
            + " --time_based=1 --runtime=" + RUNTIME_MILLIS
            + "ms --fallocate=none --disable_slat=1 --lat_percentiles=0 --output-format=terse --terse-version=3";

    private static final String SCRIPT =
            "mkdir -p /bench; " + FIO + " --name=w --rw=randwrite --fsync=1 --overwrite=1; "
                    + "cat /bench/data >/dev/null; " + FIO + " --name=r --rw=randread --invalidate=0; echo " + END;

    private final SessionOrder order;
    private final AddressPool addresses;
    private final int pairs;

    /**
     * Prepares figures; nothing is started yet.
     *
     * @param order measures storage as {@link #write} says
     */
    StorageFigures(SessionOrder order, AddressPool addresses, int pairs) {
        this.order = order;
        this.addresses = addresses;
        this.pairs = pairs;
    }

    /** Writes the scenario whose jobs are those that are done by hand. */
    static Path write(Path directory) throws IOException {
        return Files.writeString(directory.resolve("storage.yaml"), """
                name: storage
                measure: storage
                storage:
                  jobs: [sync_write, random_read]
                  size: %dMiB
                  runtime: %dms
                  page_cache: keep
                targets:
                  container: {docker: {}}
                  vm: {libvirt: {}}
                """.formatted(BYTES >> 20, RUNTIME_MILLIS));
    }

    /**
     * Is what one fio found, in operations per second.
     *
     * @param writes synchronous ones
     * @param reads from the page cache
     */
    private record Rates(double writes, double reads) {
        double[] values() {
            return new double[] {writes, reads};
        }
    }

    /** Starts fio by hand. */
    @FunctionalInterface
    private interface ByHand {
        String output() throws IOException;
    }

    /** Takes the figures of containers. */
    List<Figure> containers(Launches launches) throws TargetException, LaunchException, IOException {
        List<String> command =
                new ArrayList<>(List.of("docker", "--host", order.lab().service("docker"), "run", "--rm"));
        command.addAll(List.of("--network", "bench-" + order.lab().runId()));
        command.addAll(List.of("--cpus", Double.toString(order.plan().limits().cpus())));
        command.addAll(List.of("--memory", Long.toString(order.plan().limits().memoryBytes())));
        command.addAll(
                List.of("--memory-swap", Long.toString(order.plan().limits().memoryBytes())));
        command.addAll(List.of("--entrypoint", "sh", order.image().engineReference(), "-c", SCRIPT));
        return compare(
                "container",
                "docker run",
                launches.open("docker"),
                launches,
                () -> Commands.runOrThrow(TIMEOUT, command));
    }

    /** Takes the figures of machines. */
    List<Figure> machines(Launches launches) throws TargetException, LaunchException, IOException {
        Target target = launches.open("libvirt");
        SessionOrder byHand = new SessionOrder(
                order.plan(),
                order.image().executing(List.of("sh", "-c", SCRIPT)),
                null,
                order.lab(),
                1,
                false,
                order.resultDirectory());
        MachineFigures machines = new MachineFigures(pairs);
        try (Launches guests = new Launches(byHand, addresses)) {
            return compare(
                    "vm" + (target.emulated() ? " (emulated)" : ""),
                    "a guest by hand",
                    target,
                    launches,
                    () -> machines.output(guests, !target.emulated(), END));
        }
    }

    private List<Figure> compare(String name, String other, Target target, Launches launches, ByHand byHand)
            throws LaunchException, IOException {
        Procedure procedure = Measures.of(order.plan()).procedure(order);
        AtomicInteger number = new AtomicInteger();
        // Whoever comes second finds the disk as the first has left it.
        Turns turns = Turns.take(
                0,
                pairs,
                2,
                () -> ours(procedure, target, launches, number.getAndIncrement())
                        .values(),
                () -> rates(byHand.output()).values());
        double[][] ours = turns.ours();
        double[][] theirs = turns.others();
        return List.of(
                Figure.same(name + ", synchronous writes of fio: bench / " + other, ours[0], theirs[0], 0.05),
                Figure.same(name + ", cached reads of fio: bench / " + other, ours[1], theirs[1], 0.05));
    }

    /** Takes a trial that is not the first, in which more is looked at than fio. */
    private Rates ours(Procedure procedure, Target target, Launches launches, int number) throws LaunchException {
        Operation operation = procedure.operation(new Trial(
                target.definition().name(),
                target,
                1,
                number + 1,
                launches::nextName,
                addresses,
                order.resultDirectory().resolve("storage.log")));
        try {
            target.reserve(1);
            operation.start();
            Map<String, Double> values = operation.values();
            return new Rates(value(values, "storage.sync_write_iops"), value(values, "storage.random_read_iops"));
        } finally {
            operation.remove();
        }
    }

    private static double value(Map<String, Double> values, String metric) {
        return Objects.requireNonNull(values.get(metric), metric);
    }

    private static Rates rates(String output) throws IOException {
        return new Rates(field(output, "w", WRITES), field(output, "r", READS));
    }

    private static double field(String output, String job, int field) throws IOException {
        for (String line : output.lines().toList()) {
            String[] fields = line.strip().split(";", -1);
            if (fields.length > FIELDS && fields[2].equals(job)) {
                return Double.parseDouble(fields[field]);
            }
        }
        throw new IOException("fio by hand said nothing of its job " + job + ": " + output.strip());
    }
}
