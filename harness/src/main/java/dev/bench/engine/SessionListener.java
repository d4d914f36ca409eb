package dev.bench.engine;

import dev.bench.result.Launch;

/** Hears of a session's progress, in the session's own thread. */
public interface SessionListener {
    /** Says in one line what begins now. */
    void stage(String description);

    /** Says that a launch ended and stands on disk. */
    void launched(Launch launch);
}
