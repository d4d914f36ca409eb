package dev.bench.target;

/**
 * Is one step of a build, in milliseconds since the build was requested.
 *
 * @param text as the builder names it, for an instruction of the Dockerfile as it is written there
 * @param line of the Dockerfile; 0 for a step that is none of its instructions
 * @param cached whether its outcome was taken from the cache
 * @param startMs when it began
 * @param endMs when it ended; not before it began
 */
public record BuildStep(String text, int line, boolean cached, double startMs, double endMs) {}
