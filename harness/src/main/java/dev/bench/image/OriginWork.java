package dev.bench.image;

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
}
