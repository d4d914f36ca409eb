package dev.bench.image.origin;

import dev.bench.grammar.Key;
import dev.bench.grammar.YamlMap;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads paths that a scenario names. */
final class NamedPaths {
    private NamedPaths() {}

    /** Returns the path behind a key, and notes where there is no directory. */
    static Path directory(YamlMap map, Key<String> key, Path from) {
        Path path = path(map, key, from);
        if (!Files.isDirectory(path)) {
            reject(map, key, path + " is not a directory", from);
        }
        return path;
    }

    /** Returns the path behind a key, and notes where there is no regular file. */
    static Path file(YamlMap map, Key<String> key, Path from) {
        Path path = path(map, key, from);
        if (!Files.isRegularFile(path)) {
            reject(map, key, path + " is not a file", from);
        }
        return path;
    }

    /** Returns the path behind a key, whatever is there. */
    static Path path(YamlMap map, Key<String> key, Path from) {
        return from.resolve(key.in(map)).normalize();
    }

    private static void reject(YamlMap map, Key<String> key, String problem, Path from) {
        map.reject(key.name(), problem + "; paths are taken from " + from);
    }
}
