package dev.bench.target;

/**
 * Says what a place for data is wanted for.
 *
 * @param name unique in the run, of letters, digits, full stops and hyphens; carries the run id
 * @param bytes how much data it has to hold
 * @param fresh whether it has to be a file system made for it, as far as {@link TargetDriver#notFresh} does not refuse that
 */
public record PlaceRequest(String name, long bytes, boolean fresh) {}
