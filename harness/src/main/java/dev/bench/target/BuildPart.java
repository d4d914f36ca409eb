package dev.bench.target;

/**
 * Is one part of what a build takes, in milliseconds since it was requested; parts follow one another.
 *
 * @param name such as {@code build}
 * @param startMs when it began
 * @param endMs when it ended
 */
public record BuildPart(String name, double startMs, double endMs) {}
