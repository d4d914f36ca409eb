package dev.bench.image.origin;

import dev.bench.image.OriginWork;
import java.io.IOException;
import java.nio.file.Path;

/** Tells images of the container engine apart, by the engine's own identifiers. */
final class EngineKey {
    private static final String ID = "id ";

    private EngineKey() {}

    /** Returns the key of an image by its identifier. */
    static String of(String id) {
        return ID + id;
    }

    /** Gets the image of a key from the engine, as a file in a directory. */
    static Path save(String key, String description, Path directory, OriginWork work) throws IOException {
        work.say("reading " + description + " from the container engine");
        Path saved = directory.resolve("saved.tar");
        work.engine().save(key.substring(ID.length()), saved);
        return saved;
    }
}
