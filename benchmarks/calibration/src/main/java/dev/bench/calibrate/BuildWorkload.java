package dev.bench.calibrate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;

/**
 * Makes a directory to build from on whatever base: libraries, which nobody changes, below a source that changes every time.
 * Its steps take as little as steps can, so that what is compared is the builders and not what they run.
 */
final class BuildWorkload {
    /** Targets of the scenario. */
    static final String BUILDKIT = "buildkit";

    static final String CLASSIC = "classic";
    static final String MACHINE = "vm";

    private static final int LIBRARIES = 200;
    private static final int LIBRARY_BYTES = 40_000;
    private static final int SOURCES = 100;
    private static final int SOURCE_BYTES = 4_000;

    private BuildWorkload() {}

    /** Writes the directory and a scenario that builds it in every way; returns the scenario. */
    static Path write(Path directory) throws IOException {
        Path context = context(directory);
        Random random = new Random(1);
        write(Files.createDirectories(context.resolve("libraries")), LIBRARIES, LIBRARY_BYTES, random);
        write(Files.createDirectories(context.resolve("source")), SOURCES, SOURCE_BYTES, random);
        Files.writeString(context.resolve("Dockerfile"), """
                ARG BASE
                FROM $BASE
                COPY libraries/ /calibration/libraries/
                RUN cat /calibration/libraries/* >/calibration/linked
                COPY source/ /calibration/source/
                RUN cat /calibration/source/* >/calibration/compiled
                """);
        return Files.writeString(
                directory.resolve("builds.yaml"), """
                name: builds
                measure: build
                workload:
                  image: {dockerfile: %s}
                  ready: {exit: 0}
                build:
                  changes: {source: {append: source/0}}
                limits: {cpus: 1, memory: 256MiB}
                targets:
                  %s: {docker: {}}
                  %s: {docker: {builder: classic}}
                  %s: {libvirt: {}}
                """.formatted(context.getFileName(), BUILDKIT, CLASSIC, MACHINE));
    }

    /** Returns the directory to build from, within the one that is written to. */
    static Path context(Path directory) {
        return directory.resolve("build");
    }

    /** Writes text that compresses as sources do, to about a third. */
    private static void write(Path directory, int files, int bytes, Random random) throws IOException {
        for (int file = 0; file < files; file++) {
            StringBuilder text = new StringBuilder(bytes);
            while (text.length() < bytes) {
                text.append("return ").append(random.nextInt(1_000_000)).append(";\n");
            }
            Files.writeString(directory.resolve(Integer.toString(file)), text);
        }
    }

    /** Makes a change that was never made before. */
    static void change(Path context, int number) throws IOException {
        Files.writeString(context.resolve("source/0"), "change " + number + "\n", StandardOpenOption.APPEND);
    }
}
