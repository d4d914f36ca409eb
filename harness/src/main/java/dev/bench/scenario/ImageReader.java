package dev.bench.scenario;

import dev.bench.grammar.Forms;
import dev.bench.grammar.Key;
import dev.bench.grammar.Keys;
import dev.bench.grammar.YamlMap;
import dev.bench.workload.ImageSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Declares and reads where an image comes from: of the workload, and of a gate's baseline. */
final class ImageReader {
    private static final Key<String> DEBIAN = Key.of("debian", Forms.text(), "A Debian suite, built on this host.")
            .required("give a suite such as bookworm")
            .byDefault("");
    private static final Key<List<String>> PACKAGES = Key.of(
                    "packages", Forms.texts("[nginx-light]"), "Packages to install, with debian.")
            .byDefault(List.of());
    private static final Key<String> FILES = Key.of(
                    "files", Forms.text(), "A directory copied over the tree, with debian.")
            .byDefault("");
    private static final Key<String> OCI = Key.of(
                    "oci", Forms.text(), "A reference: taken from the engine, else pulled.")
            .required("give a reference such as nginx:1.27-alpine")
            .byDefault("");
    private static final Key<String> ARCHIVE = Key.of(
                    "archive", Forms.text(), "A file: docker save output or an OCI layout.")
            .required("give a path")
            .byDefault("");
    private static final Key<String> DOCKERFILE = Key.of("dockerfile", Forms.text(), "A directory with a Dockerfile.")
            .required("give a path")
            .byDefault("");

    static final List<String> SOURCES = List.of(DEBIAN.name(), OCI.name(), ARCHIVE.name(), DOCKERFILE.name());

    private static final Keys KEYS =
            Keys.of(DEBIAN, PACKAGES, FILES, OCI, ARCHIVE, DOCKERFILE).exactlyOneOf(SOURCES);

    static final Key<YamlMap> WORKLOAD_IMAGE = Key.of(
                    "image", Forms.mapping(KEYS), "Where the image comes from: exactly one source.")
            .required("give one of " + String.join(", ", SOURCES));

    static final Key<YamlMap> BASELINE_IMAGE =
            Key.of(WORKLOAD_IMAGE.name(), Forms.mapping(KEYS), "The baseline's image.");

    private ImageReader() {}

    /**
     * Reads an image.
     *
     * @param parent what holds the key
     * @param directory what paths are taken from
     */
    static ImageSource read(Key<YamlMap> key, YamlMap parent, Path directory) {
        ImageSource none = new ImageSource.Oci("");
        YamlMap image = key.in(parent);
        if (!parent.has(key.name())) {
            return none;
        }
        List<String> given = SOURCES.stream().filter(image::has).toList();
        String source = parent.one(key.name(), given, SOURCES, "source").orElse("");
        if (source.isEmpty()) {
            return none;
        }
        if (!source.equals(DEBIAN.name())) {
            for (Key<?> only : List.of(PACKAGES, FILES)) {
                if (image.has(only.name())) {
                    image.reject(only.name(), "goes with debian only");
                }
            }
        }
        return switch (source) {
            case "debian" ->
                new ImageSource.Debian(
                        DEBIAN.in(image),
                        PACKAGES.in(image),
                        image.has(FILES.name()) ? path(image, FILES, directory, true) : null);
            case "archive" -> new ImageSource.Archive(archive(image, directory));
            case "dockerfile" -> dockerfile(image, directory);
            default -> new ImageSource.Oci(OCI.in(image));
        };
    }

    private static ImageSource dockerfile(YamlMap image, Path directory) {
        Path context = path(image, DOCKERFILE, directory, true);
        if (Files.isDirectory(context) && !Files.exists(context.resolve("Dockerfile"))) {
            image.reject(DOCKERFILE.name(), context + " holds no file Dockerfile");
        }
        return new ImageSource.Dockerfile(context);
    }

    private static Path archive(YamlMap image, Path directory) {
        Path path = directory.resolve(ARCHIVE.in(image)).normalize();
        if (Files.isDirectory(path) && !Files.exists(path.resolve("index.json"))) {
            image.reject(ARCHIVE.name(), path + " is a directory, but no OCI image layout: it holds no index.json");
            return path;
        }
        return Files.isDirectory(path) ? path : path(image, ARCHIVE, directory, false);
    }

    private static Path path(YamlMap map, Key<String> key, Path directory, boolean wantsDirectory) {
        Path path = directory.resolve(key.in(map)).normalize();
        if (wantsDirectory ? !Files.isDirectory(path) : !Files.isRegularFile(path)) {
            map.reject(
                    key.name(),
                    path + " is not " + (wantsDirectory ? "a directory" : "a file") + "; paths are taken from "
                            + directory);
        }
        return path;
    }
}
