package dev.bench.calibrate;

import dev.bench.figure.Figure;
import dev.bench.host.Commands;
import dev.bench.host.FileTrees;
import dev.bench.result.PhaseName;
import dev.bench.session.LaunchOperation;
import dev.bench.target.BuildRequest;
import dev.bench.target.BuiltImage;
import dev.bench.target.ImageBuilder;
import dev.bench.target.LaunchException;
import dev.bench.target.Target;
import dev.bench.target.TargetDefinition;
import dev.bench.target.TargetException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Holds builds against the {@code docker} command's on the same engine, and the disk of a machine that gets what has changed
 * against one that is made whole.
 */
final class BuildFigures {
    private static final Duration TIMEOUT = Duration.ofMinutes(10);
    private static final String DISK_SIZE = "2G";
    private static final int WARMUP = 1;

    private final Launches workload;
    private final List<TargetDefinition> targets;
    private final Path context;
    private int changes;

    /**
     * Takes what is built.
     *
     * @param workload whose image is built on
     * @param targets those of {@link BuildWorkload}
     */
    BuildFigures(Launches workload, List<TargetDefinition> targets, Path context) {
        this.workload = workload;
        this.targets = List.copyOf(targets);
        this.context = context;
    }

    /** Does one build. */
    @FunctionalInterface
    private interface Build {
        void run() throws LaunchException, IOException;
    }

    /** Compares builds with empty caches, and those after a change. */
    List<Figure> beside(BuildCommand command, String builder, int rounds)
            throws TargetException, LaunchException, IOException {
        Build theirs = () -> command.build(context);
        String what = builder + " build, %s: bench / docker build";
        try (ImageBuilder own = builder(open(builder))) {
            Turns turns = Turns.take(
                    WARMUP, rounds, 2, () -> coldAndChanged(own, own::build), () -> coldAndChanged(own, theirs));
            return List.of(
                    Figure.ratio(what.formatted("cold"), turns.ours()[0], turns.others()[0], 1.05, Figure.Kind.AT_MOST),
                    Figure.ratio(
                            what.formatted("one file changed"),
                            turns.ours()[1],
                            turns.others()[1],
                            1.05,
                            Figure.Kind.AT_MOST));
        }
    }

    /** Returns how long a build with empty caches takes, and the next one with one file changed. */
    private double[] coldAndChanged(ImageBuilder own, Build build) throws LaunchException, IOException {
        own.reset();
        double cold = millis(build);
        change();
        return new double[] {cold, millis(build)};
    }

    /** Compares what lies between a change and the first answer of a machine; the machine's own start is common to both. */
    List<Figure> disks(int rounds) throws TargetException, LaunchException, IOException {
        double[] updated = new double[rounds];
        double[] whole = new double[rounds];
        double[] updatedReady = new double[rounds];
        double[] wholeReady = new double[rounds];
        Target machine = open(BuildWorkload.MACHINE);
        try (ImageBuilder disk = builder(machine);
                ImageBuilder image = builder(open(BuildWorkload.BUILDKIT))) {
            disk.reset();
            disk.build();
            for (int round = 0; round < rounds; round++) {
                if (round % 2 == 0) {
                    whole[round] = whole(image);
                }
                change();
                long begin = System.nanoTime();
                BuiltImage built = disk.build();
                updated[round] = since(begin);
                updatedReady[round] = ready(disk.target(built), begin);
                if (round % 2 == 1) {
                    whole[round] = whole(image);
                }
                wholeReady[round] = whole[round] + updatedReady[round] - updated[round];
            }
        }
        String emulated = machine.emulated() ? " (emulated)" : "";
        return List.of(
                Figure.ratio(
                        "change to a machine's disk: bench, what differs / docker export and mke2fs",
                        updated,
                        whole,
                        0.5,
                        Figure.Kind.AT_MOST),
                Figure.ratio(
                        "vm" + emulated
                                + ", change to ready, the same start: bench, what differs / docker export and mke2fs",
                        updatedReady,
                        wholeReady,
                        0.5,
                        Figure.Kind.AT_MOST));
    }

    private double ready(Target built, long begin) throws LaunchException {
        LaunchOperation operation = workload.unreserved(built, workload.nextAddress());
        try {
            operation.start();
            return (operation.moments().at(PhaseName.READY).orElseThrow() - begin) / 1e6;
        } finally {
            operation.remove();
        }
    }

    /** Makes a disk as a script does: the engine's image as a tar, unpacked, and a file system of that. */
    private double whole(ImageBuilder image) throws LaunchException, IOException {
        change();
        Path directory = Files.createDirectories(workload.lab().workDirectory().resolve(workload.nextName()));
        Path tree = Files.createDirectory(directory.resolve("tree"));
        String docker = "docker --host " + workload.lab().service("docker");
        long begin = System.nanoTime();
        BuiltImage built = image.build();
        String script = "container=$(" + docker + " create --network none " + built.reference() + " /none) && " + docker
                + " export $container | tar -x -C " + tree + " && mke2fs -q -t ext4 -d " + tree + ' '
                + directory.resolve("disk") + ' ' + DISK_SIZE + " >/dev/null; status=$?; echo $container; exit $status";
        String container =
                Commands.runOrThrow(TIMEOUT, List.of("sh", "-c", script)).strip();
        double millis = since(begin);
        Commands.runOrThrow(TIMEOUT, List.of("sh", "-c", docker + " rm " + container));
        FileTrees.delete(directory);
        return millis;
    }

    private Target open(String name) throws TargetException {
        return workload.open(targets.stream()
                .filter(target -> target.name().equals(name))
                .findFirst()
                .orElseThrow());
    }

    private ImageBuilder builder(Target target) throws TargetException {
        return target.builder(new BuildRequest(
                        context,
                        workload.image(),
                        true,
                        workload.plan().workload().overrides(),
                        workload.lab().runId() + "-calibration-"
                                + target.definition().name()))
                .orElseThrow();
    }

    private void change() throws IOException {
        changes++;
        BuildWorkload.change(context, changes);
    }

    private static double millis(Build build) throws LaunchException, IOException {
        long begin = System.nanoTime();
        build.run();
        return since(begin);
    }

    private static double since(long begin) {
        return (System.nanoTime() - begin) / 1e6;
    }
}
