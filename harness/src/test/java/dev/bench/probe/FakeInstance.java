package dev.bench.probe;

import dev.bench.target.QuietInstance;
import java.time.Duration;

/** Runs until it is told how it ended. */
final class FakeInstance extends QuietInstance {
    private volatile Exit exit;
    private Runnable lookedAt = () -> {};

    void end(int status, long nanos) {
        exit = new Exit(status, nanos);
    }

    /** Does something whenever it is asked whether it has ended. */
    void whenLookedAt(Runnable action) {
        lookedAt = action;
    }

    @Override
    public Exit exit() {
        lookedAt.run();
        return exit;
    }

    @Override
    public Exit stop(Duration grace) {
        return exit;
    }
}
