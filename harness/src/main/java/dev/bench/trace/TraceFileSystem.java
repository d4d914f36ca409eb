package dev.bench.trace;

import dev.bench.host.Commands;
import dev.bench.host.FileTrees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Mounts the file system of the kernel's tracing, and finds and removes tracing instances of runs, which it holds for the
 * whole machine wherever it is mounted. Stateless.
 *
 * <p>See Linux Documentation/trace/ftrace.rst.
 */
public final class TraceFileSystem {
    /** What a run's tracing instance is called, before the run's id. */
    private static final String PREFIX = "bench-";

    private static final Pattern INSTANCE = Pattern.compile(PREFIX + "([0-9a-f]{8})");
    private static final String TYPE = "tracefs";

    /** Every kernel with tracing has this directory; a mount of the same file system may be there already. */
    private static final String PLACE = "/sys/kernel/tracing";

    /** What to do where functions cannot be traced. */
    public static final String FUNCTION_REMEDY =
            "measure on a machine of your own, or in a virtual machine of your own, whose"
                    + " kernel has CONFIG_FUNCTION_TRACER, as Debian's have, and tells its addresses to root"
                    + " (sysctl kernel.kptr_restrict=1 or 0)";

    private TraceFileSystem() {}

    /**
     * Mounts it in a directory, which is made.
     *
     * @throws IOException where the host refuses
     */
    static void mount(Path directory) throws IOException {
        Files.createDirectories(directory);
        Commands.runOrThrow(
                Commands.AT_ONCE,
                List.of("mount", "-t", TYPE, "-o", "nosuid,nodev,noexec", TYPE, directory.toString()));
    }

    /** Unmounts and removes the directory. */
    static void unmount(Path directory) throws IOException {
        Commands.runOrThrow(Commands.AT_ONCE, List.of("umount", "--lazy", directory.toString()));
        FileTrees.delete(directory);
    }

    /** Returns the ids of the runs that have a tracing instance; none where the host has no tracing or refuses it. */
    public static Set<String> runs() throws IOException {
        Commands.Ended listed = Commands.run(Commands.AT_ONCE, within("exit 1", "ls $T/instances"));
        Set<String> ids = new TreeSet<>();
        if (listed.status() == 0) {
            Arrays.stream(listed.output().split("\\s+", -1)).forEach(name -> {
                Matcher matcher = INSTANCE.matcher(name);
                if (matcher.matches()) {
                    ids.add(matcher.group(1));
                }
            });
        }
        return ids;
    }

    /**
     * Removes the tracing instance of a run, which ends its tracing; does nothing where there is none.
     *
     * @throws IOException where it is there and cannot be removed
     */
    public static void remove(String runId) throws IOException {
        Commands.runOrThrow(
                Commands.AT_ONCE,
                within("exit 0", "[ ! -d $T/instances/" + name(runId) + " ] || rmdir $T/instances/" + name(runId)));
    }

    /** Returns what the tracing instance of a run is called. */
    static String name(String runId) {
        return PREFIX + runId;
    }

    /**
     * Finds out whether the host lets an instance trace system calls; it is gone again afterwards. Returns what stands in the
     * way, in the host's own words, empty where nothing does.
     */
    public static String trial() throws IOException {
        Commands.Ended tried = Commands.run(
                Commands.AT_ONCE,
                within(
                        "exit 1",
                        "I=$T/instances/" + PREFIX + "doctor-$$; mkdir $I || exit 1; echo 1 >$I/events/"
                                + TraceInstance.CALL + "/enable; s=$?; rmdir $I; exit $s"));
        return refusal(tried);
    }

    /**
     * Finds out whether the host lets an instance trace the kernel's functions, in the same way; the very files are written
     * to that tracing writes to. Returns what stands in the way, empty where nothing does.
     */
    public static String functionTrial() throws IOException {
        return refusal(Commands.run(Commands.AT_ONCE, within("exit 1", """
                grep -qw %1$s $T/available_tracers || { echo "the kernel has no tracer of functions"; exit 1; }
                grep -qv '^0* ' /proc/kallsyms || { echo "the kernel hides its addresses"; exit 1; }
                I=$T/instances/%2$sdoctor-$$; mkdir $I || exit 1
                echo 0 >$I/tracing_on && echo 1 >$I/%3$s && echo $$ >$I/%4$s && echo %1$s >$I/current_tracer
                s=$?; rmdir $I; exit $s
                """.formatted(
                TraceInstance.FUNCTION_TRACER, PREFIX, TraceInstance.FUNCTION_FORK, TraceInstance.FUNCTION_THREADS))));
    }

    private static String refusal(Commands.Ended tried) {
        return tried.status() == 0
                ? ""
                : tried.output()
                        .lines()
                        .findFirst()
                        .orElse("status " + tried.status())
                        .replaceFirst("^sh: (?:line )?\\d+: ", "")
                        .replaceFirst("\\.$", "");
    }

    /**
     * Returns a command that runs a shell script in a mount namespace of its own, where {@code $T} is the file system, so
     * that nothing remains mounted, even if this process is killed.
     *
     * @param refused what to do where it cannot be mounted
     */
    private static List<String> within(String refused, String script) {
        return List.of(
                "unshare",
                "--mount",
                "sh",
                "-c",
                "T=" + PLACE + "; mount -t " + TYPE + " " + TYPE + " $T || " + refused + "; " + script);
    }
}
