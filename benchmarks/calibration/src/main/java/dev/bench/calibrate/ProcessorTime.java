package dev.bench.calibrate;

import dev.bench.host.SystemFiles;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/**
 * Holds processor time that was spent, in milliseconds over all processors, to the kernel's counts: of the host
 * ({@code /proc/stat}: user, nice, system, interrupts; proc(5), in hundredths of a second), of this JVM, and of those of
 * its threads that last (schedstat, in nanoseconds).
 *
 * @param hostMillis of every process and the kernel
 * @param ownMillis of this JVM
 * @param compilingMillis of that, of the threads that compile
 * @param hearingMillis of that, of the thread that hears of executions
 */
record ProcessorTime(double hostMillis, double ownMillis, double compilingMillis, double hearingMillis) {
    private static final double MILLIS_PER_TICK = 10;
    private static final String TASKS = "/proc/self/task/";

    /** Columns of {@code /proc/stat}: neither idle (4), nor waiting (5), nor stolen (8) and guests (9, 10). */
    private static final List<Integer> BUSY = List.of(1, 2, 3, 6, 7);

    /** Reads what has been spent so far. */
    static ProcessorTime now() {
        String[] host = SystemFiles.ofHost().lines("/proc/stat").get(0).split(" +", -1);
        Duration own = ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
        return new ProcessorTime(
                BUSY.stream().mapToLong(column -> Long.parseLong(host[column])).sum() * MILLIS_PER_TICK,
                own.toNanos() / 1e6,
                threads(name -> name.matches("C[12] CompilerThre.*")),
                threads("exec-events"::equals));
    }

    /** Returns what each of so many was worth, from an earlier moment until this one. */
    ProcessorTime since(ProcessorTime before, int instances) {
        return new ProcessorTime(
                (hostMillis - before.hostMillis) / instances,
                (ownMillis - before.ownMillis) / instances,
                (compilingMillis - before.compilingMillis) / instances,
                (hearingMillis - before.hearingMillis) / instances);
    }

    private static double threads(Predicate<String> named) {
        SystemFiles files = SystemFiles.ofHost();
        return files.names(TASKS).stream()
                        .filter(task -> named.test(
                                files.text(TASKS + task + "/comm").orElse("").strip()))
                        .flatMap(task -> files.text(TASKS + task + "/schedstat").stream())
                        .mapToLong(times -> Long.parseLong(times.substring(0, times.indexOf(' '))))
                        .sum()
                / 1e6;
    }
}
