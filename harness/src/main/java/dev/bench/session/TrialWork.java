package dev.bench.session;

import dev.bench.probe.ReadinessProbe;
import dev.bench.result.PhaseName;
import dev.bench.target.LaunchException;
import dev.bench.target.Target;
import org.jspecify.annotations.Nullable;

/**
 * Is the work of a trial that makes something and launches an instance of it, one at a time. Used by one thread, except
 * {@link #cancel}.
 */
public final class TrialWork {
    private final Trial trial;
    private final ReadinessProbe probe;
    private final Interruptible making;
    private @Nullable LaunchOperation launch;

    /**
     * Prepares the work; nothing happens yet.
     *
     * @param name what it is, to end a sentence with
     */
    public TrialWork(Trial trial, ReadinessProbe probe, String name) {
        this.trial = trial;
        this.probe = probe;
        this.making = new Interruptible("before this " + name);
    }

    /**
     * Begins the work, which can be interrupted up to its {@link #end}.
     *
     * @throws LaunchException where it was cancelled before
     */
    public void begin() throws LaunchException {
        making.begin();
    }

    /** Ends it; what is launched stays. */
    public void end() {
        making.end();
    }

    /**
     * Launches an instance and waits until it is ready.
     *
     * @param target launches what was made
     * @param sinceNanos a moment of {@link System#nanoTime}
     * @return the milliseconds from that moment to the first correct response
     */
    public double readyMs(Target target, long sinceNanos) throws LaunchException {
        LaunchOperation instance = trial.launch(target, probe);
        launching(instance);
        instance.start();
        return (instance.moments().at(PhaseName.READY).orElseThrow() - sinceNanos) / 1e6;
    }

    private synchronized void launching(LaunchOperation instance) throws LaunchException {
        making.requireGoing();
        launch = instance;
    }

    /** Ends whatever goes on, and keeps the rest from beginning. From any thread. */
    public synchronized void cancel() {
        if (launch == null) {
            making.cancel();
        } else {
            making.refuse();
            launch.cancel();
        }
    }

    /** Removes what is launched; does nothing where nothing is. */
    public void remove() {
        LaunchOperation launched;
        synchronized (this) {
            launched = launch;
            launch = null;
        }
        if (launched != null) {
            launched.remove();
        }
    }
}
