package dev.bench.probe;

import dev.bench.result.FailureKind;
import dev.bench.result.PhaseName;
import dev.bench.target.Instance;
import dev.bench.target.LaunchException;
import dev.bench.target.LaunchRequest;
import dev.bench.target.PhaseRecorder;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Waits for one instance to become ready.
 *
 * <p>{@link #begin} begins to look with the launch, because an engine may report a start later than the workload answers.
 * {@link #await} also notices a workload that has ended and the deadline.
 */
public final class ProbeSession implements AutoCloseable {
    private static final Duration LAST_WORDS = Duration.ofMillis(50);

    /** After such a pause the rest of a line is not on its way any more. */
    private static final long QUIET_NANOS = 100_000_000;

    private final Watch watch;
    private final Duration timeout;
    private final PhaseRecorder phases;
    private long deadline;

    ProbeSession(Watch watch, Duration timeout, PhaseRecorder phases) {
        this.watch = watch;
        this.timeout = timeout;
        this.phases = phases;
    }

    /** Returns what must be given the workload's output as it arrives, or null where output does not matter. */
    public @Nullable Consumer<LaunchRequest.Output> outputListener() {
        return watch.outputListener();
    }

    /** Starts the deadline and the looking. */
    public void begin() {
        deadline = System.nanoTime() + timeout.toNanos();
        watch.begin();
    }

    /**
     * Waits until READY is marked.
     *
     * @throws LaunchException where the workload ends before ({@code exited}), the deadline passes ({@code timeout}) or
     *     the thread is interrupted ({@code interrupted})
     */
    public void await(Instance instance) throws LaunchException {
        try {
            while (!phases.await(watch.interval(), PhaseName.READY)) {
                watch.settle(System.nanoTime() - QUIET_NANOS);
                Instance.Exit exit = instance.exit();
                if (exit != null) {
                    judge(exit);
                    return;
                }
                if (System.nanoTime() - deadline > 0) {
                    throw new LaunchException(
                            FailureKind.TIMEOUT, watch.missed(" within " + timeout.toMillis() / 1000.0 + " s"), null);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LaunchException(FailureKind.INTERRUPTED, "the run was interrupted during this launch", e);
        }
    }

    /** Throws where the end of a workload means that it never will be ready. */
    private void judge(Instance.Exit exit) throws LaunchException, InterruptedException {
        if (exit.reason() != null) {
            throw new LaunchException(
                    FailureKind.ENGINE,
                    exit.reason() + ". Check workload.command and workload.user against the image",
                    null);
        }
        // Its last words may still be on their way.
        if (watch.endsWith(exit) || phases.await(LAST_WORDS, PhaseName.READY)) {
            return;
        }
        watch.settle(System.nanoTime());
        if (phases.at(PhaseName.READY).isEmpty()) {
            throw new LaunchException(
                    FailureKind.EXITED,
                    "the workload ended with status " + exit.status() + " before it was ready. Check workload.command",
                    null);
        }
    }

    /** Ends the looking. */
    @Override
    public void close() {
        watch.close();
    }
}
