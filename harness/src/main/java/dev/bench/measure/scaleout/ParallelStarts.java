package dev.bench.measure.scaleout;

import dev.bench.result.FailureKind;
import dev.bench.result.PhaseName;
import dev.bench.session.LaunchOperation;
import dev.bench.target.LaunchException;
import dev.bench.target.RemovalException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Starts many instances at once: a fixed number of threads wait at a barrier and are let go together.
 *
 * <p>In the closed loop a thread takes the next start when its last instance is ready; a start is intended for the moment
 * its thread is free, the first ones for the barrier's opening. In the open loop start k is intended for k / rate after
 * it, and has a thread of its own, so that a slow one delays no other.
 */
public final class ParallelStarts {
    /** How long a wait may go on after a request to stop. */
    private static final long LONGEST_SLEEP_NANOS = 50_000_000;

    private static final int REMOVERS = 8;

    private final List<LaunchOperation> operations;
    private final double ratePerSecond;
    private final int threads;
    private final long[] intended;
    private final long[] ended;
    private final @Nullable LaunchException[] failures;
    private final AtomicInteger next = new AtomicInteger();
    private final CountDownLatch barrier = new CountDownLatch(1);
    private volatile long begin;
    private volatile boolean cancelled;

    /** Prepares to start every one of the operations, in their order. */
    public ParallelStarts(Starts starts, List<LaunchOperation> operations) {
        this.operations = List.copyOf(operations);
        this.ratePerSecond = starts.ratePerSecond();
        int most = operations.size();
        this.threads = ratePerSecond > 0 ? most : Math.min(starts.concurrency(), most);
        this.intended = new long[most];
        this.ended = new long[most];
        this.failures = new LaunchException[most];
    }

    /** Starts all, and returns when every one is ready or has failed; called once. */
    public void run() throws InterruptedException {
        List<Thread> running = new ArrayList<>();
        CountDownLatch arrived = new CountDownLatch(threads);
        for (int i = 0; i < threads; i++) {
            Thread thread = new Thread(() -> work(arrived), "start-" + i);
            thread.start();
            running.add(thread);
        }
        arrived.await();
        begin = System.nanoTime();
        barrier.countDown();
        for (Thread thread : running) {
            thread.join();
        }
    }

    private void work(CountDownLatch arrived) {
        arrived.countDown();
        try {
            barrier.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        long free = begin;
        for (int index = next.getAndIncrement(); index < operations.size(); index = next.getAndIncrement()) {
            intended[index] = ratePerSecond > 0 ? begin + Math.round(index * 1e9 / ratePerSecond) : free;
            awaitMoment(intended[index]);
            failures[index] = start(operations.get(index));
            free = System.nanoTime();
            ended[index] = free;
        }
    }

    private void awaitMoment(long moment) {
        long left = moment - System.nanoTime();
        while (left > 0 && !cancelled) {
            LockSupport.parkNanos(Math.min(left, LONGEST_SLEEP_NANOS));
            left = moment - System.nanoTime();
        }
    }

    /** Ends the starts that run, and every later one at once. From any thread. */
    public void cancel() {
        cancelled = true;
        operations.forEach(LaunchOperation::cancel);
    }

    private static @Nullable LaunchException start(LaunchOperation operation) {
        try {
            operation.start();
            return null;
        } catch (LaunchException e) {
            return e;
        } catch (RuntimeException e) {
            // Of a client library; it must not take its thread's other starts with it.
            return new LaunchException(FailureKind.ENGINE, "the engine's client failed: " + e, e);
        }
    }

    /** Returns every start on the clock that begins with the first intended one. */
    public List<ScaleOutTrial.Start> starts() {
        List<ScaleOutTrial.Start> starts = new ArrayList<>();
        for (int index = 0; index < intended.length; index++) {
            LaunchException failure = failures[index];
            OptionalLong ready = operations.get(index).moments().at(PhaseName.READY);
            starts.add(new ScaleOutTrial.Start(
                    millis(intended[index]),
                    failure == null && ready.isPresent() ? millis(ready.getAsLong()) : null,
                    failure == null && ready.isPresent() ? millis(ready.getAsLong()) : millis(ended[index]),
                    failure == null ? null : String.valueOf(failure.getMessage())));
        }
        return starts;
    }

    private double millis(long nanos) {
        return (nanos - begin) / 1e6;
    }

    /** Returns the operations that became ready, in their order. */
    public List<LaunchOperation> ready() {
        List<LaunchOperation> ready = new ArrayList<>();
        for (int index = 0; index < failures.length; index++) {
            if (failures[index] == null) {
                ready.add(operations.get(index));
            }
        }
        return ready;
    }

    /** Returns the first failure, or null where there is none. */
    public @Nullable LaunchException firstFailure() {
        return Arrays.stream(failures)
                .filter(failure -> failure != null)
                .findFirst()
                .orElse(null);
    }

    /**
     * Removes instances, several at a time: an engine mostly waits while it does.
     *
     * @throws RemovalException as the first removal that failed threw it; the others have been tried by then
     */
    public static void remove(List<LaunchOperation> surplus) {
        List<Thread> removers = new ArrayList<>();
        Queue<RemovalException> failures = new ConcurrentLinkedQueue<>();
        for (int remover = 0; remover < Math.min(REMOVERS, surplus.size()); remover++) {
            int first = remover;
            Thread thread = new Thread(
                    () -> {
                        for (int i = first; i < surplus.size(); i += REMOVERS) {
                            try {
                                surplus.get(i).remove();
                            } catch (RemovalException e) {
                                failures.add(e);
                            }
                        }
                    },
                    "remove-" + remover);
            thread.start();
            removers.add(thread);
        }
        removers.forEach(ParallelStarts::join);
        RemovalException failure = failures.peek();
        if (failure != null) {
            throw failure;
        }
    }

    private static void join(Thread remover) {
        boolean interrupted = false;
        while (remover.isAlive()) {
            try {
                remover.join();
            } catch (InterruptedException e) {
                // What was made must go first; the interrupt is handed on below.
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
