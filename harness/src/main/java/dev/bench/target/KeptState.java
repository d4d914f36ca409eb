package dev.bench.target;

/** Holds an instance that was ready and does not run, in a state from which it goes on. Used by one thread. */
public interface KeptState extends AutoCloseable {
    /** Returns what the state takes while it is kept, in bytes: memory (PSS) of what is paused, disk of what is saved. */
    long bytes();

    /**
     * Lets the instance go on; the timed region's first part. Marks STARTED before it returns, and no phase that does not
     * happen. May be called once; the state is the instance's own from then on.
     *
     * @throws LaunchException where the engine refuses; whatever there was of the instance is removed first
     */
    Instance start(PhaseRecorder phases) throws LaunchException;

    /**
     * Removes the state and what there is of the instance, unless it was started.
     *
     * @throws RemovalException where its engine does not remove it
     */
    @Override
    void close();
}
