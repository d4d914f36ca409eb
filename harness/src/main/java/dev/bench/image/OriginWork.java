package dev.bench.image;

import dev.bench.workload.ImageSource;
import java.io.IOException;
import java.nio.file.Path;

/** Gives an origin what it works with. */
public interface OriginWork {
    /** Returns the container engine. */
    EngineImages engine();

    /** Returns a directory for what is only looked at. */
    Path lookups();

    /** Says what begins now and may take seconds. */
    void say(String step);

    /** Returns whether the image of a key is in the cache. */
    boolean knows(String key) throws IOException;

    /**
     * Makes another image ready and returns the engine's reference of it.
     *
     * @throws IOException if it cannot be had
     */
    String reference(ImageSource source) throws IOException;
}
