package dev.bench.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Stops everything in a control group at once, and lets it go on. A signal would reach one process after the other, and be
 * seen by those who wait for it.
 *
 * <p>In version 1 not even a kill ends what is frozen; whoever removes a group thaws it first.
 *
 * @param directory the group, in the hierarchy that freezes
 * @param file what is written to
 * @param frozen what is written to freeze it
 * @param thawed what is written to thaw it
 * @param stateFile what tells whether all of it is frozen
 * @param stateLine the line there that says so
 */
public record Freezer(Path directory, String file, String frozen, String thawed, String stateFile, String stateLine) {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final String V1_FILE = "freezer.state";
    private static final String V2_FILE = "cgroup.freeze";

    /**
     * Makes a group that can be frozen; for version 2 it is the group of that path that limits are set in too.
     *
     * @param path relative path, as for {@link Cgroups#create}
     * @return empty where this host's kernel freezes no groups
     */
    public static Optional<Freezer> create(String path) throws IOException {
        Path root = Path.of("/sys/fs/cgroup");
        boolean unified = Cgroups.version() == 2;
        Path hierarchy = unified ? root : root.resolve("freezer");
        if (!Files.isDirectory(hierarchy)) {
            return Optional.empty();
        }
        Freezer freezer = of(Files.createDirectories(hierarchy.resolve(path)), unified);
        return Optional.of(freezer).filter(made -> Files.exists(made.directory.resolve(made.file)));
    }

    private static Freezer of(Path directory, boolean unified) {
        return unified
                ? new Freezer(directory, V2_FILE, "1", "0", "cgroup.events", "frozen 1")
                : new Freezer(directory, V1_FILE, "FROZEN", "THAWED", V1_FILE, "FROZEN");
    }

    /** Thaws every group in these directories and below them, so that what is in them can end. */
    public static void thawBelow(List<Path> directories) {
        for (Path top : directories) {
            try (Stream<Path> groups = Files.walk(top)) {
                groups.filter(Files::isDirectory).forEach(Freezer::thawIfFrozen);
            } catch (IOException | UncheckedIOException e) {
                // A group that goes meanwhile holds nothing.
            }
        }
    }

    private static void thawIfFrozen(Path group) {
        for (boolean unified : List.of(true, false)) {
            Freezer freezer = of(group, unified);
            if (Files.exists(group.resolve(freezer.file))) {
                try {
                    freezer.thaw();
                } catch (IOException e) {
                    // Gone meanwhile.
                }
            }
        }
    }

    /**
     * Freezes the group, and waits until nothing in it runs.
     *
     * @throws IOException where the kernel does not within ten seconds
     */
    public void freeze() throws IOException {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        Files.writeString(directory.resolve(file), frozen);
        while (!Files.readAllLines(directory.resolve(stateFile)).contains(stateLine)) {
            if (System.nanoTime() - deadline > 0) {
                thaw();
                throw new IOException("the kernel does not freeze " + directory);
            }
            LockSupport.parkNanos(500_000);
        }
    }

    /** Lets the group go on; does nothing where it does. */
    public void thaw() throws IOException {
        Files.writeString(directory.resolve(file), thawed);
    }
}
