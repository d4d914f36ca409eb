package dev.bench.scenario;

import dev.bench.grammar.Forms;
import dev.bench.grammar.Key;
import dev.bench.grammar.Keys;
import dev.bench.grammar.YamlMap;
import dev.bench.image.ImageOrigin;
import dev.bench.image.Origins;
import dev.bench.workload.ImageSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Declares and reads where an image comes from: of the workload, and of a gate's baseline. */
final class ImageReader {
    static final List<String> SOURCES =
            Origins.all().stream().map(ImageOrigin::id).toList();

    private static final Keys KEYS = Keys.of(Origins.all().stream()
                    .<Key<?>>flatMap(origin -> origin.keys().stream())
                    .toList())
            .exactlyOneOf(SOURCES);

    static final Key<YamlMap> WORKLOAD_IMAGE = Key.of(
                    "image", Forms.mapping(KEYS), "Where the image comes from: exactly one source.")
            .required("give one of " + String.join(", ", SOURCES));

    static final Key<YamlMap> BASELINE_IMAGE =
            Key.of(WORKLOAD_IMAGE.name(), Forms.mapping(KEYS), "The baseline's image.");

    private ImageReader() {}

    /**
     * Reads an image; empty where what is written is none, which is noted.
     *
     * @param parent what holds the key
     * @param directory what paths are taken from
     */
    static Optional<ImageSource> read(Key<YamlMap> key, YamlMap parent, Path directory) {
        YamlMap image = key.in(parent);
        if (!parent.has(key.name())) {
            return Optional.empty();
        }
        List<String> given = SOURCES.stream().filter(image::has).toList();
        Optional<ImageOrigin> chosen =
                parent.one(key.name(), given, SOURCES, "source").flatMap(Origins::find);
        if (chosen.isPresent()) {
            Origins.all().stream().filter(origin -> origin != chosen.get()).forEach(origin -> refuse(origin, image));
        }
        return chosen.map(origin -> origin.read(image, directory));
    }

    /** Notes the keys that go with an origin only, where another one is named. */
    private static void refuse(ImageOrigin origin, YamlMap image) {
        origin.keys().stream()
                .map(Key::name)
                .filter(name -> !name.equals(origin.id()) && image.has(name))
                .forEach(name -> image.reject(name, "goes with " + origin.id() + " only"));
    }
}
