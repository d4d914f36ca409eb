package dev.bench.lab;

import dev.bench.host.Cgroups;
import dev.bench.host.Commands;
import dev.bench.host.FileTrees;
import dev.bench.host.Freezer;
import dev.bench.result.Count;
import dev.bench.target.LabException;
import dev.bench.target.TargetDriver;
import dev.bench.trace.TraceFileSystem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Removes what runs whose process is gone have left: processes, mounts, namespaces, links, control groups, tracing
 * instances and files.
 *
 * <p>A thing is touched only if it carries the id of a run that has no live owner here, and if no bench with another
 * {@code /run/bench}, such as one in a container, can be its owner.
 */
public final class Leftovers {
    private Leftovers() {}

    /**
     * Removes the leftovers of every dead run, and returns a sentence for each run removed.
     *
     * <p>A run is known by its directory or, where that is gone, by anything else that carries its id.
     *
     * @param drivers every target driver
     * @param cacheDirectory whose files and mounts of dead runs are removed
     */
    public static List<String> removeDead(List<TargetDriver> drivers, Path cacheDirectory) throws LabException {
        List<String> removed = new ArrayList<>();
        Path cache = cacheDirectory.toAbsolutePath().normalize();
        try {
            for (Path directory : RunDirectory.dead()) {
                String runId = directory.getFileName().toString();
                for (TargetDriver driver : drivers) {
                    try {
                        driver.leftovers().remove(runId, RunDirectory.facts(directory));
                    } catch (IOException e) {
                        // An engine that is gone must not keep every later run from beginning.
                        removed.add("run " + runId + " may have left something in an engine: " + e.getMessage());
                    }
                }
                removed.add("removed what run " + runId + " left: " + removeRun(runId, directory, drivers));
            }
            for (String runId : Orphans.find(cache, drivers)) {
                Path work = cache.resolve("runs").resolve(runId);
                removed.add("removed what run " + runId + " left without its directory: "
                        + removeRun(runId, RunDirectory.of(runId), work, drivers));
            }
            if (!RunDirectory.anyAlive() && !Neighbours.share(cache)) {
                // Where the engine's mounts were not apart, they outlived it.
                int mounts = 0;
                for (TargetDriver driver : drivers) {
                    for (Path directory : driver.leftovers().mounted(cache)) {
                        mounts += unmount(directory);
                    }
                }
                if (mounts > 0) {
                    removed.add("removed " + mounts + " mounts of a private engine below " + cache);
                }
            }
        } catch (IOException e) {
            throw new LabException("cannot remove what an earlier run left: " + e.getMessage(), e);
        }
        return removed;
    }

    /**
     * Removes what dead runs have left in the data of a lab's own services, and returns a sentence for each service. Does
     * nothing while a run is alive, whose lab has done so when it started.
     *
     * @throws LabException where such a service cannot start
     */
    public static List<String> removeKept(List<TargetDriver> drivers, Path cacheDirectory) throws LabException {
        List<String> removed = new ArrayList<>();
        Path cache = cacheDirectory.toAbsolutePath().normalize();
        try {
            if (RunDirectory.anyAlive() || Neighbours.share(cache)) {
                return removed;
            }
            for (TargetDriver driver : drivers) {
                if (driver.leftovers().isKept(cache)) {
                    Lab.start(new LabOptions(Lab.newRunId(), cache, Map.of(), List.of()), List.of(driver))
                            .close();
                    removed.add("removed what dead runs left in the data of a private engine below " + cache);
                }
            }
        } catch (IOException e) {
            throw new LabException("cannot read what an earlier run left: " + e.getMessage(), e);
        }
        return removed;
    }

    /** Removes everything of one run on this host; also the last step of an orderly end. */
    static String removeRun(String runId, Path directory, List<TargetDriver> drivers) throws IOException {
        String work = RunDirectory.facts(directory).get(RunDirectory.WORK);
        Path ours = work != null && work.endsWith("/runs/" + runId) ? Path.of(work) : null;
        return removeRun(runId, directory, ours, drivers);
    }

    private static String removeRun(String runId, Path directory, @Nullable Path work, List<TargetDriver> drivers)
            throws IOException {
        // What is frozen does not end.
        Freezer.thawBelow(Cgroups.everywhere(groupOf(runId)));
        int processes = RunProcesses.kill(RunProcesses.marks(runId, directory, drivers));
        String controllers = RunDirectory.facts(directory).get(RunDirectory.CONTROLLERS);
        if (removeGroups(runId) && controllers != null) {
            Cgroups.restoreTopControllers(Set.of(controllers.split(" ", -1)));
        }
        // A process that was between its start and its own arguments when the others were killed.
        processes += RunProcesses.kill(RunProcesses.marks(runId, directory, drivers));
        TraceFileSystem.remove(runId);
        int mounts = unmount(directory);
        if (work != null) {
            mounts += unmount(work);
            FileTrees.delete(work);
        }
        int namespaces = removeNamespaces(runId);
        Network.removeBridge(runId);
        FileTrees.delete(directory);
        return Count.of(processes, "process") + ", " + Count.of(mounts, "mount") + ", "
                + Count.of(namespaces, "network namespace");
    }

    /** Kills what is in a run's control groups: the workloads. */
    static void killMembers(String runId) {
        Freezer.thawBelow(Cgroups.everywhere(groupOf(runId)));
        for (Path group : Cgroups.everywhere(groupOf(runId))) {
            try (Stream<Path> groups = Files.walk(group)) {
                groups.filter(Files::isDirectory)
                        .flatMap(directory -> Cgroups.members(directory).stream())
                        .flatMap(pid -> ProcessHandle.of(pid).stream())
                        .filter(process -> !process.equals(ProcessHandle.current()))
                        .forEach(ProcessHandle::destroyForcibly);
            } catch (IOException | UncheckedIOException e) {
                // A group that goes meanwhile has no members.
            }
        }
    }

    private static String groupOf(String runId) {
        return Orphans.GROUPS + "/" + runId;
    }

    /** Returns whether no run has a group any more. */
    private static boolean removeGroups(String runId) throws IOException {
        for (Path group : Cgroups.everywhere(groupOf(runId))) {
            removeGroups(group);
            removeParent(group);
        }
        return Cgroups.everywhere(Orphans.GROUPS).isEmpty();
    }

    /** Unmounts a directory and everything below it, as far as this process sees it mounted. */
    private static int unmount(Path directory) throws IOException {
        List<String> points = new ArrayList<>();
        for (String point : Mounts.points()) {
            if (point.equals(directory.toString()) || point.startsWith(directory + "/")) {
                points.add(point);
            }
        }
        points.sort(Comparator.comparingInt(String::length).reversed());
        for (String point : points) {
            Commands.run(Commands.AT_ONCE, List.of("umount", "--lazy", point));
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
