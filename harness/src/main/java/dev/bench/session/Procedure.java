package dev.bench.session;

/** Makes the operations of one measure. Used by the session's thread. */
@FunctionalInterface
public interface Procedure {
    /** Returns the operation of one trial; nothing happens yet. */
    Operation operation(Trial trial);
}
