package dev.bench.target;

import dev.bench.image.EngineImages;
import java.util.List;

/** Opens the container engine of a lab that images are made with and kept in. */
public interface ImageEngine {
    /** Connects to it; it is closed by the caller. */
    EngineImages open(LabView lab);

    /** Returns what {@link #builder} can build with, the usual one first. */
    List<String> builders();

    /**
     * Opens one of its builders; it is closed by the caller.
     *
     * @param target name of the target that builds, for messages
     * @param builder one of {@link #builders}
     * @param dockerfile name of the Dockerfile in the context
     * @throws TargetException where it is not to be had on this host, or what the Dockerfile builds on is not
     */
    EngineBuilder builder(LabView lab, BuildRequest request, String target, String builder, String dockerfile)
            throws TargetException;
}
