package dev.bench.result;

/**
 * Holds one point of a latency distribution.
 *
 * @param percentile 0 to 100
 * @param ms latency in milliseconds
 */
public record Quantile(double percentile, double ms) {}
