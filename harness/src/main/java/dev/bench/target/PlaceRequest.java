package dev.bench.target;

/**
 * Says what a place for data is wanted for.
 *
 * @param name unique in the run, of letters, digits, full stops and hyphens; carries the run id
 * @param bytes how much data it has to hold
 */
public record PlaceRequest(String name, long bytes) {}
