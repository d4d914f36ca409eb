package dev.bench.measure.memory;

import dev.bench.probe.ReadinessProbe;
import dev.bench.result.FailureKind;
import dev.bench.result.PhaseName;
import dev.bench.session.LaunchOperation;
import dev.bench.session.Trial;
import dev.bench.target.Instance;
import dev.bench.target.LaunchException;
import dev.bench.target.RemovalException;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Holds the instances that run, and launches more. As many are launched at once as the host has processors: nothing is
 * timed here, and what they take when they are ready does not depend on the order of their starts.
 *
 * <p>Used by one thread, except {@link #cancel}.
 */
final class Ramp implements AutoCloseable {
    private final Trial trial;
    private final ReadinessProbe probe;
    private final BooleanSupplier room;
    private final ExecutorService workers;
    /** Written by one thread; a cancellation walks through it from another. */
    private final List<LaunchOperation> launches = new CopyOnWriteArrayList<>();

    /** Addresses of instances that are gone, longest at rest first. */
    private final Deque<InetAddress> rested = new ArrayDeque<>();

    private int taken;
    private boolean cancelled;

    /**
     * Prepares a ramp; nothing is launched yet.
     *
     * @param room whether the host has memory enough for one more instance; asked from several threads
     */
    Ramp(Trial trial, ReadinessProbe probe, BooleanSupplier room) {
        this.trial = trial;
        this.probe = probe;
        this.room = room;
        this.workers = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    }

    /** Does a piece of work on one instance. */
    @FunctionalInterface
    interface Work {
        void on(Instance instance) throws LaunchException;
    }

    /** Starts a launch for which there is room. */
    @FunctionalInterface
    private interface Starting {
        void start(LaunchOperation launch) throws LaunchException;
    }

    /**
     * Launches until so many instances are ready, or there is no room for more.
     *
     * @throws LaunchException as the first launch that failed threw it; the others have ended by then
     */
    void growTo(int count) throws LaunchException {
        growTo(count, LaunchOperation::start);
    }

    /**
     * Launches until so many instances are ready, there is no room for more, or one fails; those that are ready stay.
     *
     * @return the first failure; empty where none failed
     * @throws LaunchException where the run was interrupted
     */
    Optional<LaunchException> tryTo(int count) throws LaunchException {
        AtomicReference<@Nullable LaunchException> failure = new AtomicReference<>();
        growTo(count, launch -> {
            if (failure.get() != null) {
                return;
            }
            try {
                launch.start();
            } catch (LaunchException e) {
                failure.compareAndSet(null, e);
                launch.remove();
            }
        });
        requireGoing();
        return Optional.ofNullable(failure.get());
    }

    private void growTo(int count, Starting starting) throws LaunchException {
        List<Future<@Nullable Void>> pending = new ArrayList<>();
        for (int i = launches.size(); i < count; i++) {
            LaunchOperation launch = prepare(i);
            pending.add(workers.submit(() -> {
                if (room.getAsBoolean()) {
                    starting.start(launch);
                }
                return null;
            }));
        }
        await(pending);
        forgetGone();
    }

    /** Removes the instances beyond so many, the last launched first. */
    void shrinkTo(int count) throws LaunchException {
        List<LaunchOperation> leaving = launches.subList(Math.min(count, launches.size()), launches.size());
        List<Future<@Nullable Void>> pending = new ArrayList<>();
        for (LaunchOperation launch : leaving) {
            pending.add(workers.submit(() -> {
                launch.remove();
                return null;
            }));
        }
        await(pending);
        forgetGone();
    }

    /** Returns the launches of the instances that run, in their order. */
    List<LaunchOperation> running() {
        return launches.stream().filter(launch -> launch.instance().isPresent()).toList();
    }

    private void forgetGone() {
        List<LaunchOperation> leaving =
                launches.stream().filter(launch -> launch.instance().isEmpty()).toList();
        leaving.forEach(Ramp::deleteLog);
        leaving.forEach(launch -> rested.add(launch.address()));
        launches.removeAll(leaving);
    }

    private synchronized void requireGoing() throws LaunchException {
        if (cancelled) {
            throw new LaunchException(FailureKind.INTERRUPTED, "the run was interrupted during this ramp", null);
        }
    }

    private static void deleteLog(LaunchOperation launch) {
        try {
            Files.deleteIfExists(launch.log());
        } catch (IOException e) {
            // A log too many does no harm.
        }
    }

    /** Does a piece of work on every instance, several at once. */
    void onEach(Work work) throws LaunchException {
        List<Future<@Nullable Void>> pending = new ArrayList<>();
        for (Instance instance : instances()) {
            pending.add(workers.submit(() -> {
                work.on(instance);
                return null;
            }));
        }
        await(pending);
    }

    private synchronized LaunchOperation prepare(int number) throws LaunchException {
        requireGoing();
        Path log = trial.log().resolveSibling(trial.log().getFileName() + "." + number);
        // The lab's addresses come round: those of instances that still run must not.
        InetAddress resting = taken < MemoryKeys.MOST_INSTANCES ? null : rested.poll();
        LaunchOperation launch = resting == null ? trial.launch(probe, log) : trial.launch(probe, log, resting);
        taken++;
        launches.add(launch);
        return launch;
    }

    private void await(List<Future<@Nullable Void>> pending) throws LaunchException {
        LaunchException failure = null;
        for (Future<@Nullable Void> future : pending) {
            try {
                future.get();
            } catch (ExecutionException e) {
                if (failure == null) {
                    failure = e.getCause() instanceof LaunchException launch
                            ? launch
                            : new LaunchException(FailureKind.ENGINE, String.valueOf(e.getCause()), e);
                    // What has failed once would fail again, and nobody waits for the rest.
                    cancel();
                }
            } catch (InterruptedException e) {
                cancel();
                Thread.currentThread().interrupt();
                failure = new LaunchException(FailureKind.INTERRUPTED, "the run was interrupted during this ramp", e);
            }
        }
        if (failure != null) {
            keepLog();
            throw failure;
        }
    }

    /** Leaves the log of an instance that failed where the operation's is looked for. */
    private void keepLog() {
        for (LaunchOperation launch : launches) {
            Path log = launch.log();
            try {
                if (launch.phases().stream().noneMatch(phase -> phase.name() == PhaseName.READY)
                        && Files.exists(log)
                        && Files.size(log) > 0) {
                    Files.move(log, trial.log(), StandardCopyOption.REPLACE_EXISTING);
                    return;
                }
            } catch (IOException e) {
                // The failure itself is told; its log is lost.
            }
        }
    }

    /** Returns the instances that run, in the order of their launches. */
    List<Instance> instances() {
        return launches.stream().flatMap(launch -> launch.instance().stream()).toList();
    }

    /** Interrupts launches that are under way, and keeps others from starting. From any thread. */
    synchronized void cancel() {
        cancelled = true;
        launches.forEach(LaunchOperation::cancel);
    }

    /** Removes every instance, several at once. */
    @Override
    public void close() {
        List<Future<?>> pending = new ArrayList<>();
        for (LaunchOperation launch : launches) {
            pending.add(workers.submit(launch::remove));
        }
        workers.shutdown();
        boolean interrupted = false;
        for (Future<?> future : pending) {
            boolean done = false;
            while (!done) {
                try {
                    future.get();
                    done = true;
                } catch (InterruptedException e) {
                    // Removal comes first; the interrupt is passed on after it.
                    interrupted = true;
                } catch (ExecutionException e) {
                    if (e.getCause() instanceof RemovalException lost) {
                        throw lost;
                    }
                    throw new IllegalStateException("an instance could not be removed", e);
                }
            }
        }
        launches.forEach(Ramp::deleteLog);
        launches.clear();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
