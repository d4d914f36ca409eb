package dev.bench.target;

import java.util.List;

/**
 * Builds the image of one Dockerfile again and again, in the way of a target's substrate. Used by one thread at a time.
 *
 * <p>An interrupt of the thread ends a build.
 */
public interface ImageBuilder extends AutoCloseable {
    /**
     * Removes everything that has been built and every cache of it, the base image left out; not timed.
     *
     * @throws LaunchException where that fails, or where something is left that would make the next build a warm one
     */
    void reset() throws LaunchException;

    /**
     * Builds; this is the timed region.
     *
     * @throws LaunchException where it fails, of the kind {@link #FAILED} with the step, its line and its last output
     */
    BuiltImage build() throws LaunchException;

    /**
     * Tells what an image has that another had not; not timed.
     *
     * @param before the image that was built just before it
     * @throws LaunchException where the engine does not say
     */
    Difference difference(BuiltImage before, BuiltImage now) throws LaunchException;

    /**
     * Returns what launches instances of the image that was built last, which is part of the timed region of whoever waits
     * for one. It needs not to be closed.
     *
     * @throws LaunchException where the image cannot run
     */
    Target target(BuiltImage image) throws LaunchException;

    /** Removes everything that was built, caches too; never throws. */
    @Override
    void close();

    /** Returns the option of a target that names the Dockerfile it builds. */
    static OptionSpec dockerfileOption() {
        return new OptionSpec(
                "dockerfile",
                OptionSpec.Type.TEXT,
                List.of("Dockerfile.slim"),
                "Dockerfile",
                "The Dockerfile, in the directory of workload.image.dockerfile, where images are built.");
    }

    /**
     * Is how an image differs from the one before.
     *
     * @param newBytes what it has and the other had not
     * @param layers how many layers it has above the base; -1 where it has none
     * @param reused how many of those the other had too; -1 where it has none
     */
    record Difference(long newBytes, int layers, int reused) {}
}
