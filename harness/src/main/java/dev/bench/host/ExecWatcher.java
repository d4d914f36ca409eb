package dev.bench.host;

import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Observes from outside when a process that a runtime prepared becomes the workload.
 *
 * <p>An OCI runtime's init runs in the container before it executes the workload; the moment is when {@code
 * /proc/PID/exe} stops naming the runtime. {@link ExecEvents} tells of it; this serves where the kernel does not tell, and
 * polls in a thread of its own.
 */
public final class ExecWatcher {
    private static final long INTERVAL_NANOS = 500_000;

    private ExecWatcher() {}

    /** Hears of the workload's start. */
    @FunctionalInterface
    public interface Observed {
        /**
         * Says that the workload's own program was seen.
         *
         * @param nanos {@link System#nanoTime} at which it was
         * @param pid its process id on this host
         */
        void executes(long nanos, long pid);
    }

    /**
     * Starts to watch.
     *
     * @param process gives the process id as soon as there is one
     * @param isRuntime tells whether an executable still belongs to the runtime
     * @param stopped ends the watch early
     * @param observed hears of the first sight of the workload's own program
     */
    public static void start(
            Supplier<OptionalLong> process, Predicate<String> isRuntime, BooleanSupplier stopped, Observed observed) {
        ObserverThread.start("exec-watcher", () -> watch(process, isRuntime, stopped, observed));
    }

    private static void watch(
            Supplier<OptionalLong> process, Predicate<String> isRuntime, BooleanSupplier stopped, Observed observed) {
        OptionalLong pid = OptionalLong.empty();
        while (!stopped.getAsBoolean()) {
            if (pid.isEmpty()) {
                pid = process.get();
            }
            if (pid.isPresent()) {
                String executable = Processes.executable(pid.getAsLong());
                if (executable == null) {
                    // A runtime's first process hands over to a second one; its id is asked for again.
                    pid = OptionalLong.empty();
                } else if (!isRuntime.test(executable)) {
                    observed.executes(System.nanoTime(), pid.getAsLong());
                    return;
                }
            }
            LockSupport.parkNanos(INTERVAL_NANOS);
        }
    }
}
