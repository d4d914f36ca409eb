package dev.bench.measure.scaleout;

/**
 * Says how instances are started.
 *
 * @param instances how many
 * @param concurrency how many starts are under way at a time; in the open loop no limit
 * @param ratePerSecond starts that begin per second, whatever became of the ones before; 0 for the closed loop, where the
 *     next begins when one is ready
 */
public record Starts(int instances, int concurrency, double ratePerSecond) {}
