package dev.bench.scenario;

import dev.bench.workload.ImageSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reads where an image comes from: of the workload, and of a gate's baseline. */
final class ImageReader {
    static final List<String> IMAGE = List.of("debian", "packages", "files", "oci", "archive", "dockerfile");
    static final List<String> SOURCES = List.of("debian", "oci", "archive", "dockerfile");

    private ImageReader() {}

    /**
     * Reads the key {@code image} of a mapping.
     *
     * @param directory what paths are taken from
     */
    static ImageSource read(YamlMap parent, Path directory) {
        ImageSource none = new ImageSource.Oci("");
        if (!parent.has("image")) {
            parent.reject("image", "is missing; give one of " + String.join(", ", SOURCES));
            return none;
        }
        YamlMap image = parent.map("image");
        image.accept(IMAGE);
        List<String> given = SOURCES.stream().filter(image::has).toList();
        if (given.size() != 1) {
            parent.reject(
                    "image",
                    given.isEmpty()
                            ? "names no source; give one of " + String.join(", ", SOURCES)
                            : "names " + String.join(" and ", given) + "; keep one");
            return none;
        }
        if (!given.get(0).equals("debian")) {
            for (String key : List.of("packages", "files")) {
                if (image.has(key)) {
                    image.reject(key, "goes with debian only");
                }
            }
        }
        return switch (given.get(0)) {
            case "debian" -> {
                List<String> packages = image.list("packages", "[nginx-light]");
                Path files = image.has("files") ? path(image, "files", directory, true) : null;
                yield new ImageSource.Debian(
                        image.required("debian", "a suite such as bookworm"),
                        packages == null ? List.of() : packages,
                        files);
            }
            case "archive" -> new ImageSource.Archive(archive(image, directory));
            case "dockerfile" -> dockerfile(image, directory);
            default -> new ImageSource.Oci(image.required("oci", "a reference such as nginx:1.27-alpine"));
        };
    }

    private static ImageSource dockerfile(YamlMap image, Path directory) {
        Path context = path(image, "dockerfile", directory, true);
        if (Files.isDirectory(context) && !Files.exists(context.resolve("Dockerfile"))) {
            image.reject("dockerfile", context + " holds no file Dockerfile");
        }
        return new ImageSource.Dockerfile(context);
    }

    private static Path archive(YamlMap image, Path directory) {
        Path path = directory.resolve(image.required("archive", "a path")).normalize();
        if (Files.isDirectory(path) && !Files.exists(path.resolve("index.json"))) {
            image.reject("archive", path + " is a directory, but no OCI image layout: it holds no index.json");
            return path;
        }
        return Files.isDirectory(path) ? path : path(image, "archive", directory, false);
    }

    private static Path path(YamlMap map, String key, Path directory, boolean wantsDirectory) {
        Path path = directory.resolve(map.required(key, "a path")).normalize();
        if (wantsDirectory ? !Files.isDirectory(path) : !Files.isRegularFile(path)) {
            map.reject(
                    key,
                    path + " is not " + (wantsDirectory ? "a directory" : "a file") + "; paths are taken from "
                            + directory);
        }
        return path;
    }
}
