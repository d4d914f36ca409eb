package dev.bench.session;

import dev.bench.target.LaunchException;

/**
 * Executes launch operations: the seam between the run engine, which owns the order, and the benchmark harness, which
 * owns the stopwatch around each.
 */
public interface LaunchDriver {
    /**
     * Calls {@link Operation#start} and then {@link Operation#remove}, whatever the first one's outcome.
     *
     * @return the driver's own reading of the timed region in milliseconds
     * @throws LaunchException as {@link Operation#start} threw it
     */
    double execute(Operation operation) throws LaunchException;
}
