package dev.bench.session;

import dev.bench.result.Launch;
import dev.bench.result.Result;
import java.nio.file.Path;
import java.util.List;

/** Hears of a session's progress, in the session's own thread. */
public interface SessionListener {
    /** Says where the result is kept, before anything is measured. */
    default void stored(Path directory) {}

    /** Says in one line what begins now. */
    default void stage(String description) {}

    /**
     * Says that every target is open and proved, just before the first block.
     *
     * @param targets every target with its facts and, where this session proved it, its identity
     * @param harness what the harness itself costs
     */
    default void prepared(List<Result.TargetFacts> targets, Result.HarnessCost harness) {}

    /** Says that a launch ended and stands on disk. */
    default void launched(Launch launch) {}
}
