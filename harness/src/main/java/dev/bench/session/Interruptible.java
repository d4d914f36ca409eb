package dev.bench.session;

import dev.bench.result.FailureKind;
import dev.bench.target.LaunchException;
import org.jspecify.annotations.Nullable;

/** Lets other threads interrupt what one thread does between {@link #begin} and {@link #end}. Thread-safe. */
public final class Interruptible {
    private final String when;
    private @Nullable Thread runner;
    private boolean refused;

    /**
     * Creates it; nothing has begun yet.
     *
     * @param when says when the run was interrupted, such as {@code before this launch}
     */
    public Interruptible(String when) {
        this.when = when;
    }

    /**
     * Begins a part of the calling thread's work that an interrupt ends.
     *
     * @throws LaunchException where it was cancelled before
     */
    public synchronized void begin() throws LaunchException {
        requireGoing();
        runner = Thread.currentThread();
    }

    /** Ends that part. The interrupt has done its work: what the same thread collects and removes then must be able to wait. */
    public synchronized void end() {
        if (runner != null && refused) {
            Thread.interrupted();
        }
        runner = null;
    }

    /** Returns whether it was cancelled. */
    public synchronized boolean isCancelled() {
        return refused;
    }

    /** Throws where it was cancelled. */
    public synchronized void requireGoing() throws LaunchException {
        if (refused) {
            throw interrupted();
        }
    }

    /** Keeps every later part from beginning, and interrupts the one that has begun. */
    public synchronized void cancel() {
        refuse();
        if (runner != null) {
            runner.interrupt();
        }
    }

    /** Keeps every later part from beginning; the one that has begun goes on. */
    synchronized void refuse() {
        refused = true;
    }

    /** Returns what tells of the interruption. */
    public LaunchException interrupted() {
        return new LaunchException(FailureKind.INTERRUPTED, "the run was interrupted " + when, null);
    }
}
