package dev.bench.target;

/**
 * Runs the services of one application for one trial: the names of all resolve, and their volumes are there, empty at first.
 */
public interface ServiceHost extends AutoCloseable {
    /**
     * Starts a service, as {@link Target#launch} starts an instance. May be called by several threads at once for different
     * services; for the same one again once the one before was closed, whose volumes it finds.
     *
     * <p>Its {@link dev.bench.workload.Service#restart} is heeded by the substrate: {@link Instance#exit} tells of an end
     * only after which nothing follows.
     *
     * @throws LaunchException where it cannot be started; nothing of it remains then
     */
    RunningService start(ServiceStart start, PhaseRecorder phases) throws LaunchException;

    /**
     * Removes what still runs of it, and the volumes.
     *
     * @throws RemovalException where an engine does not remove a service
     */
    @Override
    void close();
}
