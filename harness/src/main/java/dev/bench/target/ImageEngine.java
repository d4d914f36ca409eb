package dev.bench.target;

import dev.bench.image.EngineImages;

/** Opens the container engine of a lab that images are made with and kept in. */
@FunctionalInterface
public interface ImageEngine {
    /** Connects to it; it is closed by the caller. */
    EngineImages open(LabView lab);
}
