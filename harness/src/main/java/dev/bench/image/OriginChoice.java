package dev.bench.image;

import dev.bench.grammar.Form;
import dev.bench.grammar.Forms;
import dev.bench.grammar.Key;
import dev.bench.grammar.Keys;
import dev.bench.grammar.YamlMap;
import dev.bench.workload.ImageSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Declares and reads which of several origins an image comes from. Immutable. */
public final class OriginChoice {
    private final List<ImageOrigin> origins;
    private final List<String> ids;

    /** Offers origins, at least one. */
    public OriginChoice(List<ImageOrigin> origins) {
        this.origins = List.copyOf(origins);
        this.ids = origins.stream().map(ImageOrigin::id).toList();
    }

    /** Returns the keys of which one names the origin. */
    public List<String> ids() {
        return ids;
    }

    /** Returns what a scenario holds behind a key that stands for an image. */
    public Form<YamlMap> form() {
        return Forms.mapping(Keys.of(origins.stream()
                        .<Key<?>>flatMap(origin -> origin.keys().stream())
                        .toList())
                .exactlyOneOf(ids));
    }

    /**
     * Reads an image; empty where what is written is none, which is noted.
     *
     * @param parent what holds the key
     * @param directory what paths are taken from
     */
    public Optional<ImageSource> read(Key<YamlMap> key, YamlMap parent, Path directory) {
        YamlMap image = key.in(parent);
        if (!parent.has(key.name())) {
            return Optional.empty();
        }
        List<String> given = ids.stream().filter(image::has).toList();
        Optional<ImageOrigin> chosen = parent.one(key.name(), given, ids, "source")
                .flatMap(id -> origins.stream()
                        .filter(origin -> origin.id().equals(id))
                        .findFirst());
        if (chosen.isPresent()) {
            origins.stream().filter(origin -> origin != chosen.get()).forEach(origin -> refuse(origin, image));
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
