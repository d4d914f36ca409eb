package dev.bench.target;

import dev.bench.result.Identity;
import dev.bench.result.WritableLayer;
import org.jspecify.annotations.Nullable;

/**
 * Holds what was seen from inside a target.
 *
 * @param identity the identity
 * @param manifest gives the tree's manifest as text, which may launch the target once more; asked for on mismatch only
 * @param firstWrite what a write into a large file of the image took, null where none was made
 */
public record Observation(Identity identity, ManifestSource manifest, WritableLayer.@Nullable FirstWrite firstWrite) {
    /** Holds what was seen by whom nothing was written. */
    public Observation(Identity identity, ManifestSource manifest) {
        this(identity, manifest, null);
    }

    /** Gives a manifest. */
    @FunctionalInterface
    public interface ManifestSource {
        /** Returns the manifest as the target computed it. */
        String manifest() throws TargetException;
    }
}
