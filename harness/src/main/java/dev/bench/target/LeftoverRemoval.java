package dev.bench.target;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Removes what a dead run has left where the run's own directories, processes and groups do not show it. */
public interface LeftoverRemoval {
    /** Removes nothing: all that the driver makes is found by the lab. */
    LeftoverRemoval NONE = (runId, stated) -> {};

    /**
     * Removes everything that carries the run id.
     *
     * @param stated what the dead run stated when it began: existing services by {@link Endpoint#key}, and what {@link
     *     #statement} returned
     */
    void remove(String runId, Map<String, String> stated) throws IOException;

    /** Returns what a run states when it begins, beside the existing services, for the removal to find its way. */
    default Map<String, String> statement(List<TargetDefinition> targets) {
        return Map.of();
    }

    /** Returns what an argument of a process contains that a run has started and that names none of its directories. */
    default List<String> marks(String runId) {
        return List.of();
    }

    /** Returns the directories of a cache that a service of a lab mounts something below. */
    default List<Path> mounted(Path cacheDirectory) {
        return List.of();
    }

    /**
     * Returns whether the data of a lab's own service, which outlives runs, holds what dead runs left there; the service removes
     * it when it starts. Only asked while no run is alive.
     */
    default boolean isKept(Path cacheDirectory) throws IOException {
        return false;
    }
}
