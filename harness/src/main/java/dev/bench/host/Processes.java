package dev.bench.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** Reads processes from {@code /proc}. Every method tolerates a process that has just gone. */
public final class Processes {
    private static final Path PROC = Path.of("/proc");
    private static final String UPPER = "upperdir=";

    private Processes() {}

    /** Returns the file a process executes, or null where it is gone. */
    public static @Nullable String executable(long pid) {
        try {
            return Files.readSymbolicLink(PROC.resolve(pid + "/exe")).toString();
        } catch (IOException e) {
            return null;
        }
    }

    /** Returns whether a process exists and is more than a zombie: one whose first thread has ended may have others. */
    public static boolean isAlive(long pid) {
        String stat = read(pid, "stat");
        return stat != null && (stat.charAt(stat.lastIndexOf(')') + 2) != 'Z' || hasThreads(pid));
    }

    private static boolean hasThreads(long pid) {
        try (var threads = Files.newDirectoryStream(PROC.resolve(pid + "/task"))) {
            for (Path thread : threads) {
                if (!thread.getFileName().toString().equals(Long.toString(pid))) {
                    return true;
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // Gone meanwhile.
        }
        return false;
    }

    /** Returns whether two processes are in the same namespace of a kind, as {@code /proc/PID/ns} names it; false where one is gone. */
    public static boolean shareNamespace(long pid, long other, String kind) {
        try {
            return Files.readSymbolicLink(PROC.resolve(pid + "/ns/" + kind))
                    .equals(Files.readSymbolicLink(PROC.resolve(other + "/ns/" + kind)));
        } catch (IOException e) {
            return false;
        }
    }

    /** Returns a file as a process sees it from its own root and mount namespace. */
    public static Path seenBy(long pid, Path absolute) {
        return PROC.resolve(pid + "/root" + absolute);
    }

    /** Returns when a process started, in ticks since boot, or -1 where it is gone; with the pid it is unique. */
    public static long startTicks(long pid) {
        String stat = read(pid, "stat");
        if (stat == null) {
            return -1;
        }
        // Fields after the name start with the third; the start time is the 22nd (proc(5)).
        return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[19]);
    }

    /** Returns the parent of a process, or -1 where it is gone. */
    public static long parent(long pid) {
        String stat = read(pid, "stat");
        return stat == null
                ? -1
                : Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[1]);
    }

    /** Returns the arguments, empty where it is gone. */
    public static List<String> arguments(long pid) {
        return strings(read(pid, "cmdline"));
    }

    /** Returns whether an argument of a process contains a text. */
    public static boolean names(long pid, String text) {
        return arguments(pid).stream().anyMatch(argument -> argument.contains(text));
    }

    /** Returns the environment, empty where it is gone or not readable. */
    public static List<String> environment(long pid) {
        return strings(read(pid, "environ"));
    }

    /** Returns the number behind a key of {@code status}, such as {@code Uid}: the effective one where there are several. */
    public static int statusId(long pid, String key) {
        String status = read(pid, "status");
        if (status != null) {
            for (String line : status.split("\n", -1)) {
                if (line.startsWith(key + ":")) {
                    return Integer.parseInt(
                            line.substring(key.length() + 1).strip().split("\\s+", -1)[1]);
                }
            }
        }
        return -1;
    }

    /** Returns the working directory as the process itself sees it, or the empty string where it is gone. */
    public static String workingDirectory(long pid) {
        try {
            String directory =
                    Files.readSymbolicLink(PROC.resolve(pid + "/cwd")).toString();
            String root = Files.readSymbolicLink(PROC.resolve(pid + "/root")).toString();
            if (root.length() > 1 && directory.startsWith(root)) {
                directory = directory.substring(root.length());
            }
            return directory.isEmpty() ? "/" : directory;
        } catch (IOException e) {
            return "";
        }
    }

    /** Returns the control groups as {@code /proc/PID/cgroup} lists them, empty where it is gone. */
    public static String controlGroups(long pid) {
        String groups = read(pid, "cgroup");
        return groups == null ? "" : groups;
    }

    /** Returns the directory that takes what is written to the overlay a process has as its root; empty for any other root. */
    public static Optional<Path> writableLayer(long pid) {
        String mounts = read(pid, "mountinfo");
        return mounts == null ? Optional.empty() : writableLayer(mounts);
    }

    /** Finds it in the lines of {@code mountinfo}: the mount point is the fifth field, overlayfs names its parts last. */
    static Optional<Path> writableLayer(String mounts) {
        for (String line : mounts.split("\n", -1)) {
            String[] fields = line.split(" ", -1);
            if (fields.length > 5 && fields[4].equals("/")) {
                for (String option : fields[fields.length - 1].split(",", -1)) {
                    if (option.startsWith(UPPER)) {
                        return Optional.of(Path.of(option.substring(UPPER.length())));
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** Lists the processes whose executable has one of these names. */
    public static List<Long> executing(Set<String> names) {
        return matching(pid -> {
            String executable = executable(pid);
            return executable != null && names.contains(executable.substring(executable.lastIndexOf('/') + 1));
        });
    }

    /** Lists the processes an argument of which contains a text. */
    public static List<Long> naming(String text) {
        return matching(pid -> names(pid, text));
    }

    private static List<Long> matching(LongPredicate condition) {
        try {
            return all().stream().filter(condition::test).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lists every process id. */
    public static List<Long> all() throws IOException {
        List<Long> pids = new ArrayList<>();
        try (var entries = Files.newDirectoryStream(PROC, "[0-9]*")) {
            entries.forEach(entry -> pids.add(Long.parseLong(entry.getFileName().toString())));
        }
        return pids;
    }

    private static List<String> strings(@Nullable String text) {
        return text == null || text.isEmpty()
                ? List.of()
                : Arrays.asList((text.endsWith("\0") ? text.substring(0, text.length() - 1) : text).split("\0", -1));
    }

    private static @Nullable String read(long pid, String file) {
        try {
            return new String(Files.readAllBytes(PROC.resolve(pid + "/" + file)), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return null;
        }
    }
}
