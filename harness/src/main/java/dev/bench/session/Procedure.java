package dev.bench.session;

/** Makes the operations of one measure. Used by the session's thread. */
@FunctionalInterface
public interface Procedure extends AutoCloseable {
    /** Returns the operation of one trial; nothing happens yet. */
    Operation operation(Trial trial);

    /** Ends what serves all operations of the session, after the last one; never throws. */
    @Override
    default void close() {}
}
