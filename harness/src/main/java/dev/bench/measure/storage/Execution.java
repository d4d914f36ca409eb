package dev.bench.measure.storage;

import dev.bench.result.Failure;
import dev.bench.result.FailureKind;
import dev.bench.session.Interruptible;
import dev.bench.session.Trial;
import dev.bench.target.Instance;
import dev.bench.target.LaunchException;
import dev.bench.target.LaunchRequest;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs one instance after the other to its end. Used by one thread, except {@link #cancel}. */
final class Execution {
    /** Long enough for the slowest emulated machine; jobs say themselves when they end. */
    static final Duration DEADLINE = Duration.ofMinutes(30);

    private static final long POLL_MILLIS = 5;
    private static final long LAST_WORDS_MILLIS = 10_000;

    private final Interruptible interruptible = new Interruptible("during these jobs");
    private @Nullable Instance instance;

    /** Launches an instance, or finds that there is none to be launched. */
    @FunctionalInterface
    interface Launching {
        Optional<Instance> launch() throws LaunchException;
    }

    /** Returns what asks for an instance of a trial, with somebody who hears it. */
    static LaunchRequest request(Trial trial, Conversation conversation) {
        return new LaunchRequest(
                trial.names().get(),
                trial.addresses().next(),
                trial.log(),
                piece -> conversation.receive(piece.bytes()));
    }

    /**
     * Launches an instance and follows it to its end; it takes the place of the one before, which is done with.
     *
     * @return how it ended; empty where none was launched, and the one before is still there
     * @throws LaunchException where the engine refuses, the instance does not end, or the run is interrupted
     */
    Optional<Instance.Exit> follow(Launching launching, Conversation conversation) throws LaunchException {
        interruptible.begin();
        try {
            Optional<Instance> launched = launching.launch();
            if (launched.isEmpty()) {
                return Optional.empty();
            }
            instance = launched.get();
            Instance.Exit exit = awaitEnd(launched.get());
            conversation.awaitDone(LAST_WORDS_MILLIS);
            return Optional.of(exit);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interruptible.interrupted();
        } finally {
            interruptible.end();
        }
    }

    /**
     * Returns the instance that was followed last.
     *
     * @throws IllegalStateException where there was none
     */
    Instance instance() {
        Instance last = instance;
        if (last == null) {
            throw new IllegalStateException("nothing was launched");
        }
        return last;
    }

    private static Instance.Exit awaitEnd(Instance launched) throws LaunchException, InterruptedException {
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        while (System.nanoTime() < deadline) {
            Instance.Exit exit = launched.exit();
            if (exit != null) {
                return exit;
            }
            Thread.sleep(POLL_MILLIS);
        }
        throw new LaunchException(
                FailureKind.TIMEOUT,
                "the jobs did not end within " + DEADLINE.toMinutes() + " min. Ask for less",
                null);
    }

    /** Throws where an instance did not end as its script does when all is well. */
    void requireSuccess(Instance.Exit exit, boolean done) throws LaunchException {
        if (exit.status() == 0 && done) {
            return;
        }
        Instance ended = instance;
        String reason = exit.reason();
        throw new LaunchException(
                FailureKind.EXITED,
                Failure.withLastLine(
                        "the jobs ended with status " + exit.status() + (reason == null ? "" : ": " + reason),
                        ended == null ? "" : ended.collectLog()),
                null);
    }

    /** Interrupts what runs, and keeps the rest from starting. From any thread. */
    void cancel() {
        interruptible.cancel();
    }

    /** Removes the instance; does nothing where there is none. */
    void remove() {
        if (instance != null) {
            instance.close();
            instance = null;
        }
    }
}
