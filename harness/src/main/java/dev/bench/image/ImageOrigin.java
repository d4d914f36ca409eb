package dev.bench.image;

import dev.bench.grammar.Key;
import dev.bench.grammar.YamlMap;
import dev.bench.workload.ImageSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Takes images from one kind of place: how a scenario names them, what tells one from another, and how one is had.
 *
 * <p>Implementations are found with {@link java.util.ServiceLoader}, have a public constructor without arguments that does
 * no work, and are stateless. Sources given to an origin are always of its own {@link #sourceType}.
 */
public interface ImageOrigin {
    /**
     * What a key begins with that goes on with the digest of an image's own configuration, in hexadecimal: the source says
     * at once which image it holds.
     */
    String IMAGE_KEY = "image ";

    /** Returns the name, which is that of the first of the keys, such as {@code oci}. */
    String id();

    /** Returns the class of the sources, which JSON can be read into. */
    Class<? extends ImageSource> sourceType();

    /** Returns the keys that a scenario names a source with: one that must be there, then those that go with it only. */
    List<Key<?>> keys();

    /**
     * Reads a source, and notes what is wrong with it.
     *
     * @param image the mapping that holds the keys
     * @param directory what paths are taken from, absolute
     */
    ImageSource read(YamlMap image, Path directory);

    /** Returns a source with what it leaves out taken from another one, of any origin, that it is held against. */
    default ImageSource completed(ImageSource source, ImageSource other) {
        return source;
    }

    /** Returns the image as it follows "the image" in a sentence. */
    String description(ImageSource source);

    /** Says what to try where an image cannot be had. */
    String remedy();

    /**
     * Returns what tells the image that a source means at this moment from every other.
     *
     * @throws IOException where there is no such image
     */
    String key(ImageSource source, OriginWork work) throws IOException;

    /** Returns a key by which the image is known too once it has been had; empty for none. */
    default Optional<String> alias(ImageSource source) {
        return Optional.empty();
    }

    /**
     * Gets an image as an archive.
     *
     * @param key what {@link #key} returned
     * @param archive where to write it, as {@code docker save} does and by our own tag, where it is made here
     * @param scratch an empty directory, which goes once the image is unpacked; everyone may enter it
     * @return the archive, or where the image lies as it was found
     */
    Path obtain(ImageSource source, String key, Path archive, Path scratch, OriginWork work) throws IOException;
}
