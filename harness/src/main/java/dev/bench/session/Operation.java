package dev.bench.session;

import dev.bench.result.Phase;
import dev.bench.target.LaunchException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Does what a block asks once of each target: for startup one launch, for other measures as many as they need.
 *
 * <p>Used by one thread, except {@link #cancel}; {@link #start} is the timed region and is called once, {@link #remove}
 * at least once.
 */
public interface Operation {
    /** Returns what the operation is called in results: the target's name, or that of its A/A copy. */
    String label();

    /** Returns the file that the output of a failed instance goes to; removed where nothing failed. */
    Path log();

    /**
     * Makes what the work begins from, outside the timed region; nothing unless it begins from something.
     *
     * @throws LaunchException where it cannot; {@link #remove} is called then too
     */
    default void prepare() throws LaunchException {}

    /**
     * Does the work to its end.
     *
     * @throws LaunchException where it cannot give a sample
     */
    void start() throws LaunchException;

    /** Removes everything the work has made; does nothing where there is nothing left. */
    void remove();

    /** Interrupts {@link #start} where it runs in another thread, or keeps it from starting: it throws. From any thread. */
    void cancel();

    /** Returns the values by the metrics' names, after the removal; called only where the work succeeded. */
    Map<String, Double> values();

    /** Returns the moments reached, in order of time; empty for an operation that is not a single launch. */
    List<Phase> phases();
}
