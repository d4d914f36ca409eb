package dev.bench.host;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the host's programs by name. */
public final class Executables {
    /** Directories that a user's {@code PATH} may leave out although the tools are there. */
    private static final List<String> SYSTEM_DIRECTORIES =
            List.of("/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin");

    private Executables() {}

    /** Returns the file of a program, from {@code PATH} or the system's own directories; empty where there is none. */
    public static Optional<Path> find(String name) {
        return all(name).stream().findFirst();
    }

    /** Returns every file of that name, in the order in which they are found, each once. */
    public static List<Path> all(String name) {
        List<String> directories =
                new ArrayList<>(List.of(System.getenv().getOrDefault("PATH", "").split(":", -1)));
        directories.addAll(SYSTEM_DIRECTORIES);
        return directories.stream()
                .filter(directory -> !directory.isEmpty())
                .map(directory -> Path.of(directory, name))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .distinct()
                .toList();
    }
}
