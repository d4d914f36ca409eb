package dev.bench.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads what the calling thread did with its time from {@code /proc}: how long it ran and how long it waited for a
 * processor ({@code schedstat}, Documentation/scheduler/sched-stats of the kernel).
 */
final class ThreadClock {
    private static final Path THREAD = Path.of("/proc/thread-self");
    private static final String TIMER_SLACK_NANOS = "1000";

    private ThreadClock() {}

    /** Returns the nanoseconds this thread ran or wanted to run; 0 where the kernel does not tell. */
    static long busyNanos() {
        try {
            String[] fields = Files.readString(THREAD.resolve("schedstat")).split(" ", -1);
            return Long.parseLong(fields[0]) + Long.parseLong(fields[1]);
        } catch (IOException | NumberFormatException e) {
            return 0;
        }
    }

    /** Lets this thread's short sleeps end when they should: by default the kernel may add 50 microseconds to each. */
    static void sharpenTimers() {
        try {
            Path thread = Files.readSymbolicLink(THREAD).getFileName();
            Files.writeString(Path.of("/proc").resolve(thread).resolve("timerslack_ns"), TIMER_SLACK_NANOS);
        } catch (IOException e) {
            // Sleeps are longer then, which the lag shows.
        }
    }
}
