package dev.bench.workload;

import org.jspecify.annotations.Nullable;

/**
 * Says what is launched, the same on every target.
 *
 * @param image where its image comes from; of an application, that of the service it is asked by
 * @param overrides what holds instead of the image's own configuration
 * @param readiness what counts as ready
 * @param stack the services of an application, or null for a single program
 */
public record Workload(
        ImageSource image,
        ConfigOverrides overrides,
        Readiness readiness,
        @Nullable Stack stack) {
    /** Creates a workload of a single program. */
    public Workload(ImageSource image, ConfigOverrides overrides, Readiness readiness) {
        this(image, overrides, readiness, null);
    }
}
