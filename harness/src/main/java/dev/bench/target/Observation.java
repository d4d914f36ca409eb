package dev.bench.target;

import dev.bench.result.Identity;

/**
 * Holds what was seen from inside a target.
 *
 * @param identity the identity
 * @param manifest gives the tree's manifest as text, which may launch the target once more; asked for on mismatch only
 */
public record Observation(Identity identity, ManifestSource manifest) {
    /** Gives a manifest. */
    @FunctionalInterface
    public interface ManifestSource {
        /** Returns the manifest as the target computed it. */
        String manifest() throws TargetException;
    }
}
