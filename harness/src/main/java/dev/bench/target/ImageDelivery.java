package dev.bench.target;

import java.io.IOException;
import java.util.Locale;

/**
 * Delivers releases of an image from where it was made to where it runs, in the way of a target's substrate: the one side
 * stores them in a registry, the other, which has nothing but what it has fetched, fetches them. Used by one thread at a
 * time, whose interrupt ends a push or a pull.
 */
public interface ImageDelivery extends AutoCloseable {
    /** Says which release. */
    enum Release {
        /** The image with a file in a layer of its own on top. */
        FIRST,
        /** The same with another file in the place of that. */
        CHANGED;

        /** Returns the tag that it is stored under. */
        public String tag() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Removes whatever has been fetched, and what the side that stores remembers of the registry; not timed.
     *
     * @throws LaunchException where that fails, or where something is left that would make the next pull a warm one
     */
    void reset() throws LaunchException;

    /** Returns the bytes on disk that the side that fetches holds of images; not timed. */
    long heldBytes() throws IOException;

    /**
     * Stores a release in the registry; timed.
     *
     * @throws LaunchException where it fails, with what was said
     */
    void push(Release release) throws LaunchException;

    /**
     * Fetches a release, as far as it is not here already; timed.
     *
     * @throws LaunchException where it fails, with what was said
     */
    void pull(Release release) throws LaunchException;

    /** Returns what launches instances of what was fetched last. It needs not to be closed. */
    Target target();

    /** Removes everything that was made and fetched; never throws. */
    @Override
    void close();
}
