package dev.bench.lab;

import dev.bench.host.Cgroups;
import dev.bench.host.Commands;
import dev.bench.host.FileTrees;
import dev.bench.host.Processes;
import dev.bench.result.Count;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongPredicate;

/**
 * Removes what runs whose process is gone have left: processes, mounts, namespaces, links, control groups and files.
 *
 * <p>A thing is touched only if it carries the run id of a directory below {@code /run/bench} whose owner is gone.
 */
public final class Leftovers {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private Leftovers() {}

    /** Removes leftovers that live in an existing engine, which the lab did not start. */
    @FunctionalInterface
    public interface EngineCleaner {
        /**
         * Removes everything that carries the run id.
         *
         * @param facts what the dead run stated when it began: {@code dockerHost} and {@code libvirtUri} where it used
         *     existing engines
         */
        void remove(String runId, Map<String, String> facts) throws IOException;
    }

    /** Removes the leftovers of every dead run, and returns a sentence for each run removed. */
    public static List<String> removeDead(List<EngineCleaner> cleaners) throws LabException {
        List<String> removed = new ArrayList<>();
        try {
            for (Path directory : RunDirectory.dead()) {
                String runId = directory.getFileName().toString();
                for (EngineCleaner cleaner : cleaners) {
                    try {
                        cleaner.remove(runId, RunDirectory.facts(directory));
                    } catch (IOException e) {
                        // An engine that is gone must not keep every later run from beginning.
                        removed.add("run " + runId + " may have left something in an engine: " + e.getMessage());
                    }
                }
                removed.add("removed what run " + runId + " left: " + removeRun(runId, directory));
            }
        } catch (IOException e) {
            throw new LabException("cannot remove what an earlier run left: " + e.getMessage(), e);
        }
        return removed;
    }

    /** Removes everything of one run on this host; also the last step of an orderly end. */
    static String removeRun(String runId, Path directory) throws IOException {
        int processes = killProcessesNaming(directory, Processes::isAlive);
        for (Path group : Cgroups.directories("bench/" + runId)) {
            removeGroups(group);
            removeParent(group);
        }
        int mounts = unmountBelow(directory);
        String work = RunDirectory.facts(directory).get(RunDirectory.WORK);
        if (work != null && work.endsWith("/runs/" + runId)) {
            mounts += unmountBelow(Path.of(work));
            FileTrees.delete(Path.of(work));
        }
        int namespaces = removeNamespaces(runId);
        Network.removeBridge(runId);
        FileTrees.delete(directory);
        return Count.of(processes, "process") + ", " + Count.of(mounts, "mount") + ", "
                + Count.of(namespaces, "network namespace");
    }

    /**
     * Kills every process whose command line or root names the run directory: engines, shims, emulators and workloads.
     * Returns how many there were.
     */
    static int killProcessesNaming(Path directory, LongPredicate alive) {
        List<Long> killed = new ArrayList<>();
        try {
            // Twice: a process may have started another while the first round ran.
            for (int round = 0; round < 2; round++) {
                for (long pid : Processes.all()) {
                    if (pid != ProcessHandle.current().pid() && Processes.names(pid, directory + "/")) {
                        if (ProcessHandle.of(pid)
                                .map(ProcessHandle::destroyForcibly)
                                .orElse(false)) {
                            killed.add(pid);
                        }
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (killed.stream().anyMatch(alive::test) && System.nanoTime() < deadline) {
            LockSupport.parkNanos(5_000_000);
        }
        return (int) killed.stream().distinct().count();
    }

    private static int unmountBelow(Path directory) throws IOException {
        List<String> points = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of("/proc/self/mountinfo"))) {
            String point = line.split(" ", 6)[4].replace("\\040", " ");
            if (point.startsWith(directory + "/")) {
                points.add(point);
            }
        }
        points.sort(Comparator.comparingInt(String::length).reversed());
        for (String point : points) {
            Commands.run(TIMEOUT, List.of("umount", "--lazy", point));
        }
        return points.size();
    }

    private static int removeNamespaces(String runId) throws IOException {
        Path directory = Path.of("/run/netns");
        int removed = 0;
        if (Files.isDirectory(directory)) {
            try (DirectoryStream<Path> names = Files.newDirectoryStream(directory, Network.namespace(runId) + "*")) {
                for (Path name : names) {
                    Network.removeNamespace(name.getFileName().toString());
                    removed++;
                }
            }
        }
        return removed;
    }

    /** Removes the group above the runs' groups where no other run needs it. */
    private static void removeParent(Path group) {
        try {
            Files.deleteIfExists(group.getParent());
        } catch (IOException e) {
            // Another run's group is in it.
        }
    }

    private static void removeGroups(Path group) throws IOException {
        if (!Files.isDirectory(group)) {
            return;
        }
        try (DirectoryStream<Path> children = Files.newDirectoryStream(group, Files::isDirectory)) {
            for (Path child : children) {
                removeGroups(child);
            }
        }
        Cgroups.remove(List.of(group));
    }
}
