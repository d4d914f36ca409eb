package dev.bench.session;

import java.util.ArrayList;
import java.util.List;

/** Carries one request to stop from any thread to the thread that works. Once made it stays. */
public final class Cancellation {
    private final List<Runnable> listeners = new ArrayList<>();
    private boolean requested;

    /** Asks to stop; listeners run once, in the calling thread. */
    public void request() {
        List<Runnable> toRun;
        synchronized (this) {
            if (requested) {
                return;
            }
            requested = true;
            toRun = List.copyOf(listeners);
        }
        toRun.forEach(Runnable::run);
    }

    /** Returns whether somebody asked to stop. */
    public synchronized boolean requested() {
        return requested;
    }

    /** Adds what is to happen on the request; runs it at once where the request was already made. */
    public void onRequest(Runnable listener) {
        synchronized (this) {
            if (!requested) {
                listeners.add(listener);
                return;
            }
        }
        listener.run();
    }
}
