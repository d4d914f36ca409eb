package dev.bench.scenario;

import dev.bench.grammar.Key;
import dev.bench.grammar.YamlMap;
import dev.bench.image.OriginChoice;
import dev.bench.image.Origins;
import dev.bench.workload.ImageSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Declares and reads where an image comes from: of the workload, and of a gate's baseline. */
final class ImageReader {
    private static final OriginChoice CHOICE = new OriginChoice(Origins.all());

    static final List<String> SOURCES = CHOICE.ids();

    static final Key<YamlMap> WORKLOAD_IMAGE = Key.of(
                    "image", CHOICE.form(), "Where the image comes from: exactly one source.")
            .required("give one of " + String.join(", ", SOURCES));

    static final Key<YamlMap> BASELINE_IMAGE = Key.of(WORKLOAD_IMAGE.name(), CHOICE.form(), "The baseline's image.");

    private ImageReader() {}

    /**
     * Reads an image; empty where what is written is none, which is noted.
     *
     * @param parent what holds the key
     * @param directory what paths are taken from
     */
    static Optional<ImageSource> read(Key<YamlMap> key, YamlMap parent, Path directory) {
        return CHOICE.read(key, parent, directory);
    }
}
