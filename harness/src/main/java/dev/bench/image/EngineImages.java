package dev.bench.image;

import dev.bench.workload.ImageSource;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Keeps images in a container engine.
 *
 * <p>Implementations are safe for use by one thread at a time. Every method throws an {@link IOException} whose message
 * can be shown to a user: what was asked of which engine, for which image, and the engine's own answer.
 */
public interface EngineImages extends AutoCloseable {
    /** The repository of images that are built from a Dockerfile to be measured as workloads. */
    String BUILT = "bench-build";

    /**
     * Tells whether the engine has an image.
     *
     * @param reference name with tag or digest, or an image ID
     */
    boolean has(String reference) throws IOException;

    /**
     * Returns the image ID behind a reference: the digest of its configuration, {@code sha256:...}.
     *
     * @param reference an image the engine has
     */
    String id(String reference) throws IOException;

    /**
     * Fetches an image from its registry.
     *
     * @param reference name with tag or digest; {@code latest} where it names neither
     */
    void pull(String reference) throws IOException;

    /**
     * Builds an image from a directory, and returns its ID.
     *
     * @param contextDirectory the build context
     * @param recipe what of it is built, and how
     * @param tag the reference the built image gets
     * @return {@code sha256:...}
     * @throws IOException if the build fails; the message ends with the last lines of its log
     */
    String build(Path contextDirectory, ImageSource.Dockerfile.Recipe recipe, String tag) throws IOException;

    /**
     * Writes an image as {@code docker save} does: an uncompressed tar with a {@code manifest.json}.
     *
     * @param reference an image the engine has
     * @param archive the file to write; replaced where it exists
     */
    void save(String reference, Path archive) throws IOException;

    /**
     * Takes in every image of an archive, with the tags that it names, as {@code docker load} does.
     *
     * @param archive {@code docker save} format with a {@code manifest.json}
     */
    void load(Path archive) throws IOException;

    /**
     * Gives an image one more name.
     *
     * @param reference an image the engine has, or its ID
     * @param newReference the added name, with a tag
     */
    void tag(String reference, String newReference) throws IOException;

    /** Ends the connection to the engine; never throws. */
    @Override
    default void close() {}
}
