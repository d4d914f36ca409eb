package dev.bench.result;

/**
 * Marks one moment of a launch.
 *
 * @param name which moment
 * @param atMs milliseconds since the request, on the host's monotonic clock
 */
public record Phase(PhaseName name, double atMs) {}
