package dev.bench.session;

import java.util.Optional;

/** Makes the operations of one measure. Used by the session's thread. */
@FunctionalInterface
public interface Procedure extends AutoCloseable {
    /** Returns the operation of one trial; nothing happens yet. */
    Operation operation(Trial trial);

    /** Returns whether one instance of the workload gets ready by itself, so that what it writes can be looked at in the end. */
    default boolean launchesAlone() {
        return true;
    }

    /** Returns the load that a ready instance gets, so that what it writes then can be looked at, too; empty for none. */
    default Optional<HttpLoad> load() {
        return Optional.empty();
    }

    /** Ends what serves all operations of the session, after the last one; never throws. */
    @Override
    default void close() {}
}
