package dev.bench.workload;

/**
 * Says what is launched, the same on every target.
 *
 * @param image where its image comes from
 * @param overrides what holds instead of the image's own configuration
 * @param readiness what counts as ready
 */
public record Workload(ImageSource image, ConfigOverrides overrides, Readiness readiness) {}
