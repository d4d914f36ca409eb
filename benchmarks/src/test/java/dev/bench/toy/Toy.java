package dev.bench.toy;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** Says where the driver is registered, and what to measure with it; the measure is registered for all tests. */
public final class Toy {
    private static final Path CLASSES = Path.of("target", "test-classes");
    private static final Path REGISTRATION = CLASSES.resolve("toy");

    private Toy() {}

    /** Returns what has to be on the class path for the driver to be found. */
    public static List<Path> classPath() {
        return List.of(CLASSES, REGISTRATION);
    }

    /** Returns a class loader in which the driver is found beside all others. */
    public static ClassLoader loader() throws MalformedURLException {
        URL registration = Toy.class.getResource("/toy/");
        return new URLClassLoader(new URL[] {registration}, Toy.class.getClassLoader());
    }

    /** Writes a scenario with two targets of the driver, and the image it names. */
    public static Path scenario(Path directory, String name) throws IOException {
        Path root = Files.createDirectories(directory.resolve("image/root"));
        Path program = Files.writeString(root.resolve("toy"), "never executed\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(directory.resolve("image/Dockerfile"), """
                FROM scratch
                COPY root/ /
                ENTRYPOINT ["/toy"]
                """);
        return Files.writeString(directory.resolve(name + ".yaml"), """
                name: %s
                workload:
                  image: {dockerfile: image}
                  ready: {exit: 0}
                limits: {cpus: 1, memory: 64MiB}
                targets:
                  short: {thread: {}}
                  long: {thread: {milliseconds: 40}}
                plan: {blocks: 6, seed: 7}
                """.formatted(name));
    }

    /** Writes a scenario as {@link #scenario} does, of so many turns. */
    public static Path turning(Path directory, String name, int turns) throws IOException {
        return Files.writeString(
                scenario(directory, name),
                "measure: toy\ntoy: {turns: %d}\n".formatted(turns),
                StandardOpenOption.APPEND);
    }
}
