package dev.bench.host;

import dev.bench.workload.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * Makes, limits and removes control groups, in the unified hierarchy (version 2) or in those of version 1, whichever
 * the host has for CPU and memory.
 */
public final class Cgroups {
    private static final Hierarchies HOST = new Hierarchies(Path.of("/sys/fs/cgroup"));
    private static final long PERIOD_MICROS = 100_000;
    private static final long REMOVAL_NANOS = TimeUnit.SECONDS.toNanos(20);
    private static final String SUBTREE_CONTROL = "cgroup.subtree_control";
    private static final List<String> V1_CONTROLLERS = List.of("cpu", "memory", "pids");

    private Cgroups() {}

    /** Returns 2 where the unified hierarchy holds the controllers, else 1. */
    public static int version() {
        return HOST.version();
    }

    /**
     * Makes a group with limits and returns its directories, one per hierarchy.
     *
     * @param path relative path, such as {@code bench/RUN/NAME}
     */
    public static List<Path> create(String path, Limits limits) throws IOException {
        return HOST.create(path, limits);
    }

    /**
     * Makes a group that accounts for memory and limits nothing, and returns its directory.
     *
     * @param path relative path, as for {@link #create}
     */
    public static Path createForMemory(String path) throws IOException {
        return HOST.createForMemory(path);
    }

    /**
     * Makes a group below which a user may make others, and returns its directories, one per hierarchy.
     *
     * @param path relative path, as for {@link #create}
     */
    public static List<Path> delegate(String path, int user) throws IOException {
        return HOST.delegate(path, user);
    }

    /**
     * Lets what this thread starts until the entry is closed begin in a group, so that it is charged from its first page
     * on. Version 1 takes the thread alone there and back; version 2 knows processes only, so that all of this one goes,
     * one entry at a time.
     */
    public static Entry enter(Path group) throws IOException {
        return new Entry(group, HOST.version());
    }

    /** Holds a stay in a group; closing it goes back. */
    public static final class Entry implements AutoCloseable {
        private static final ReentrantLock PROCESS = new ReentrantLock();

        private final boolean whole;
        private final Path group;
        private final Path origin;

        private Entry(Path group, int version) throws IOException {
            this.whole = version == 2;
            this.group = group;
            if (whole) {
                PROCESS.lock();
            }
            try {
                this.origin = HOST.memoryGroup(SystemFiles.ofHost().lines("/proc/thread-self/cgroup"))
                        .orElseThrow(() -> new IOException("this process is in no memory control group"));
                move(group);
            } catch (IOException e) {
                if (whole) {
                    PROCESS.unlock();
                }
                throw e;
            }
        }

        private void move(Path destination) throws IOException {
            if (whole) {
                write(destination.resolve("cgroup.procs"), "0");
            } else {
                Path thread = Files.readSymbolicLink(Path.of("/proc/thread-self"));
                write(destination.resolve("tasks"), thread.getFileName().toString());
            }
        }

        /** Goes back to where the thread or the process came from, with the threads it has started meanwhile. */
        @Override
        public void close() throws IOException {
            try {
                move(origin);
                if (!whole) {
                    for (String thread : Files.readAllLines(group.resolve("tasks"))) {
                        if (Files.exists(Path.of("/proc/self/task", thread))) {
                            write(origin.resolve("tasks"), thread);
                        }
                    }
                }
            } finally {
                if (whole) {
                    PROCESS.unlock();
                }
            }
        }
    }

    /** Kills what is in the groups, frozen or not, and removes them; tolerates groups that are gone. */
    public static void remove(List<Path> directories) throws IOException {
        Freezer.thawBelow(directories);
        for (Path directory : directories) {
            // A process of many gigabytes takes a while to go.
            long deadline = System.nanoTime() + REMOVAL_NANOS;
            while (Files.isDirectory(directory)) {
                for (long pid : members(directory)) {
                    ProcessHandle.of(pid)
                            .filter(process -> !process.equals(ProcessHandle.current()))
                            .ifPresent(ProcessHandle::destroyForcibly);
                }
                try {
                    Files.deleteIfExists(directory);
                } catch (IOException e) {
                    if (System.nanoTime() - deadline > 0) {
                        throw e;
                    }
                    LockSupport.parkNanos(2_000_000);
                }
            }
        }
    }

    /** Returns the directories a group has or would have. */
    public static List<Path> directories(String path) {
        return HOST.directories(path);
    }

    /** Returns the directories of a group that exist, in every hierarchy: engines make theirs in all of them. */
    public static List<Path> everywhere(String path) {
        return HOST.everywhere(path);
    }

    /**
     * Returns the controllers that every group at the top has: a setting of the whole host, to which making a group adds
     * (an OCI runtime adds all there are). Empty for version 1, which has none.
     */
    public static Set<String> topControllers() {
        return HOST.topControllers();
    }

    /** Takes from the groups at the top the controllers that they did not have before, as far as none uses them. */
    public static void restoreTopControllers(Set<String> before) {
        HOST.restoreTopControllers(before);
    }

    /** Returns the processes in a group's directory, empty where it is gone. */
    public static List<Long> members(Path directory) {
        try {
            return Files.readAllLines(directory.resolve("cgroup.procs")).stream()
                    .map(Long::parseLong)
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** Returns the memory group of a process; empty where it is gone or no group accounts for memory. */
    public static Optional<Path> memoryGroup(long pid) {
        return HOST.memoryGroup(SystemFiles.ofHost().lines("/proc/" + pid + "/cgroup"));
    }

    private static void writeIfPresent(Path file, String value) throws IOException {
        if (Files.exists(file)) {
            write(file, value);
        }
    }

    private static void write(Path file, String value) throws IOException {
        Files.writeString(file, value);
    }

    /**
     * Holds what is mounted where control groups are.
     *
     * @param root where
     */
    record Hierarchies(Path root) {
        int version() {
            return Files.exists(root.resolve("cgroup.controllers")) ? 2 : 1;
        }

        List<Path> create(String path, Limits limits) throws IOException {
            List<Path> directories = directories(path);
            for (Path directory : directories) {
                Files.createDirectories(directory);
            }
            long quota = Math.round(limits.cpus() * PERIOD_MICROS);
            if (version() == 2) {
                Path directory = directories.get(0);
                enableControllers(path);
                write(directory.resolve("cpu.max"), quota + " " + PERIOD_MICROS);
                write(directory.resolve("memory.max"), Long.toString(limits.memoryBytes()));
                writeIfPresent(directory.resolve("memory.swap.max"), "0");
            } else {
                for (Path directory : directories) {
                    writeIfPresent(directory.resolve("cpu.cfs_period_us"), Long.toString(PERIOD_MICROS));
                    writeIfPresent(directory.resolve("cpu.cfs_quota_us"), Long.toString(quota));
                    writeIfPresent(directory.resolve("memory.limit_in_bytes"), Long.toString(limits.memoryBytes()));
                    writeIfPresent(
                            directory.resolve("memory.memsw.limit_in_bytes"), Long.toString(limits.memoryBytes()));
                }
            }
            return directories;
        }

        List<Path> delegate(String path, int user) throws IOException {
            List<Path> directories = directories(path);
            for (Path directory : directories) {
                Files.createDirectories(directory);
                Files.setAttribute(directory, "unix:uid", user);
            }
            if (version() == 2) {
                enableControllers(path + "/*");
                Files.setAttribute(directories.get(0).resolve("cgroup.procs"), "unix:uid", user);
            }
            return directories;
        }

        Path createForMemory(String path) throws IOException {
            if (version() == 2) {
                Path directory = Files.createDirectories(root.resolve(path));
                enableControllers(path);
                return directory;
            }
            return Files.createDirectories(root.resolve("memory").resolve(path));
        }

        Set<String> topControllers() {
            Set<String> controllers = new TreeSet<>();
            for (String line : new SystemFiles(root).lines("/" + SUBTREE_CONTROL)) {
                controllers.addAll(List.of(line.split(" ", -1)));
            }
            controllers.remove("");
            return controllers;
        }

        void restoreTopControllers(Set<String> before) {
            for (String controller : topControllers()) {
                if (!before.contains(controller)) {
                    try {
                        write(root.resolve(SUBTREE_CONTROL), "-" + controller);
                    } catch (IOException e) {
                        // Somebody has passed it on to groups of his own by now.
                    }
                }
            }
        }

        List<Path> directories(String path) {
            if (version() == 2) {
                return List.of(root.resolve(path));
            }
            List<Path> directories = new ArrayList<>();
            for (String controller : V1_CONTROLLERS) {
                if (Files.isDirectory(root.resolve(controller))) {
                    directories.add(root.resolve(controller).resolve(path));
                }
            }
            return directories;
        }

        List<Path> everywhere(String path) {
            if (version() == 2) {
                return Stream.of(root.resolve(path)).filter(Files::isDirectory).toList();
            }
            // Controllers that are mounted together have links of their own names.
            try (Stream<Path> hierarchies = Files.list(root)) {
                return hierarchies
                        .filter(hierarchy -> Files.isDirectory(hierarchy, LinkOption.NOFOLLOW_LINKS))
                        .map(hierarchy -> hierarchy.resolve(path))
                        .filter(Files::isDirectory)
                        .sorted()
                        .toList();
            } catch (IOException e) {
                return List.of();
            }
        }

        /**
         * Finds a process's memory group.
         *
         * @param lines its {@code /proc/PID/cgroup}: hierarchy number, controllers and path (cgroups(7))
         */
        Optional<Path> memoryGroup(List<String> lines) {
            for (String line : lines) {
                String[] parts = line.split(":", 3);
                boolean unified = version() == 2 && parts[0].equals("0");
                if (parts.length == 3
                        && (unified || Arrays.asList(parts[1].split(",", -1)).contains("memory"))) {
                    Path hierarchy = unified ? root : root.resolve("memory");
                    return Optional.of(hierarchy.resolve(parts[2].substring(1))).filter(Files::isDirectory);
                }
            }
            return Optional.empty();
        }

        private void enableControllers(String path) throws IOException {
            Path parent = root;
            for (Path part : Path.of(path)) {
                write(parent.resolve(SUBTREE_CONTROL), "+cpu +memory +pids");
                parent = parent.resolve(part);
            }
        }
    }
}
