package dev.bench.compose;

import dev.bench.workload.ImageSource;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Holds what a service is read with beside its own lines. Used by one thread.
 *
 * @param directory of the file, absolute, which paths are taken from
 * @param variables of the environment and of {@code .env}
 * @param images what stands for an image that the file names, by its reference
 * @param networks names that are declared
 * @param volumes names that are declared
 * @param secrets files of the secrets that are declared, by their names
 * @param configs files of the configurations that are declared, by their names
 * @param notes takes what is heeded in another way, or has no effect here
 */
record Surroundings(
        Path directory,
        Map<String, String> variables,
        Map<String, ImageSource> images,
        Set<String> networks,
        Set<String> volumes,
        Map<String, Path> secrets,
        Map<String, Path> configs,
        Notes notes) {
    /** Collects notes, each once. */
    static final class Notes {
        private final Set<String> all = new LinkedHashSet<>();

        void add(String note) {
            all.add(note);
        }

        void addAll(Collection<String> others) {
            all.addAll(others);
        }

        List<String> all() {
            return List.copyOf(all);
        }
    }

    /** Returns a path of the file, absolute; {@code ~} stands for the user's own directory. */
    Path path(String written) {
        String home = variables.getOrDefault("HOME", "/root");
        String full = written.equals("~") || written.startsWith("~/") ? home + written.substring(1) : written;
        return directory.resolve(full).normalize();
    }
}
