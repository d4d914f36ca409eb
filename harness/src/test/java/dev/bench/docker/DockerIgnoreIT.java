package dev.bench.docker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bench.host.Commands;
import dev.bench.workload.ImageSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Holds what gets into an image against the {@code docker build} of the same engine's command line, for patterns and trees
 * drawn with a fixed seed. Needs root and a docker command of the engine's own release; a newer one needs buildx as well.
 */
class DockerIgnoreIT {
    private static final int TRIES = 20;
    private static final Duration BUILD = Duration.ofMinutes(5);
    private static final List<String> NAMES = List.of(
            "a", "b", "ab", "abc", "a.key", "keep.key", ".hidden", "a b", "[a]", "ü", "secret", "Secret", "a*", "#a");

    @TempDir
    private Path directory;

    private Path scratch = Path.of("");
    private @Nullable Process engine;
    private String host = "";

    @BeforeEach
    void startEngine() throws IOException, InterruptedException {
        // A socket's path has 108 characters at most.
        scratch = Files.createTempDirectory("engine");
        Path socket = scratch.resolve("docker.sock");
        host = "unix://" + socket;
        Files.writeString(scratch.resolve("daemon.json"), "{}");
        engine = new ProcessBuilder(
                        "dockerd",
                        "--host=" + host,
                        "--data-root=" + scratch.resolve("data"),
                        "--exec-root=" + scratch.resolve("exec"),
                        "--pidfile=" + scratch.resolve("docker.pid"),
                        "--config-file=" + scratch.resolve("daemon.json"),
                        "--bridge=none",
                        "--iptables=false")
                .redirectErrorStream(true)
                .redirectOutput(scratch.resolve("log").toFile())
                .start();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!Files.exists(socket)) {
            assertTrue(
                    engine.isAlive() && System.nanoTime() < deadline, () -> "dockerd does not start; see " + scratch);
            Thread.sleep(50);
        }
    }

    @AfterEach
    void endEngine() throws IOException, InterruptedException {
        if (engine != null) {
            engine.destroy();
            engine.waitFor(30, TimeUnit.SECONDS);
            engine.destroyForcibly();
        }
        for (String line : Files.readAllLines(Path.of("/proc/self/mountinfo"))) {
            String point = line.split(" ", 6)[4];
            if (point.startsWith(scratch + "/")) {
                Commands.run(BUILD, List.of("umount", "--lazy", point));
            }
        }
        Commands.run(BUILD, List.of("rm", "-rf", "--one-file-system", scratch.toString()));
    }

    @ParameterizedTest
    @CsvSource({"0, ''", "1, ARG TARGETARCH"})
    void whatIsLeftOutIsWhatDockerBuildLeavesOut(String buildKit, String instruction) throws IOException {
        Random random = new Random(1);
        int refused = 0;
        try (DockerImages images = new DockerImages(host)) {
            for (int number = 0; number < TRIES; number++) {
                Path context = Files.createDirectory(directory.resolve("context-" + number));
                List<String> paths = tree(random, context);
                String patterns = patterns(random, paths);
                Files.writeString(context.resolve(".dockerignore"), patterns);
                Files.writeString(
                        context.resolve("Dockerfile"), "FROM scratch\n" + instruction + "\nCOPY . /context/\n");
                String what = "patterns:\n" + patterns + "\nof " + paths;

                String expected = docker(images, context, buildKit);
                String found = ours(images, context);
                if (buildKit.equals("1")) {
                    // Which of the directories come along that are left out, but have an exception, differs by its
                    // release.
                    expected = expected.replaceAll("(?m)^.*/ 40755 0 $\n", "");
                    found = found.replaceAll("(?m)^.*/ 40755 0 $\n", "");
                }
                assertEquals(expected, found, what);
                refused += expected.isEmpty() ? 1 : 0;
            }
        }
        assertTrue(refused < TRIES / 2, refused + " of " + TRIES + " were refused: they compare nothing");
    }

    /** Returns what is in the image that the command line builds, empty where it builds none. */
    private String docker(DockerImages images, Path context, String buildKit) throws IOException {
        Path own = Path.of("/usr/bin/docker");
        Map<String, String> environment = new HashMap<>();
        environment.put("DOCKER_BUILDKIT", buildKit);
        environment.put("DOCKER_HOST", host);
        Commands.Ended ended = Commands.run(
                BUILD,
                null,
                environment,
                List.of(
                        Files.exists(own) ? own.toString() : "docker",
                        "build",
                        "--tag",
                        "theirs:1",
                        context.toString()));
        assertTrue(!ended.output().contains("buildx component is missing"), "install docker-buildx: " + ended.tail());
        return ended.status() == 0 ? content(images, "theirs:1") : "";
    }

    private String ours(DockerImages images, Path context) throws IOException {
        try {
            images.build(context, ImageSource.Dockerfile.Recipe.USUAL, "ours:1");
        } catch (IOException e) {
            return "";
        }
        return content(images, "ours:1");
    }

    /** Lists the only layer of an image: a line for each entry, with its mode, its size and where it leads. */
    private String content(DockerImages images, String tag) throws IOException {
        Path archive = directory.resolve("saved.tar");
        images.save(tag, archive);
        Map<String, byte[]> files = new HashMap<>();
        try (TarArchiveInputStream tar = new TarArchiveInputStream(Files.newInputStream(archive))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                files.put(entry.getName(), tar.readAllBytes());
            }
        }
        String layer = new ObjectMapper()
                .readTree(files.get("manifest.json"))
                .at("/0/Layers/0")
                .asText();
        TreeSet<String> lines = new TreeSet<>();
        try (InputStream bytes = new ByteArrayInputStream(files.get(layer));
                TarArchiveInputStream tar = new TarArchiveInputStream(bytes, "UTF-8")) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                lines.add(entry.getName() + " " + Integer.toOctalString(entry.getMode()) + " " + entry.getSize() + " "
                        + entry.getLinkName());
            }
        }
        return String.join("\n", lines) + "\n";
    }

    private static List<String> tree(Random random, Path context) throws IOException {
        TreeSet<String> paths = new TreeSet<>(List.of("first"));
        Files.writeString(context.resolve("first"), "x");
        for (int i = 0; i < 18; i++) {
            String path = "";
            for (int depth = random.nextInt(3); depth >= 0; depth--) {
                path += (path.isEmpty() ? "" : "/") + pick(random, NAMES);
            }
            Path file = context.resolve(path);
            try {
                Files.createDirectories(file.getParent());
                switch (random.nextInt(8)) {
                    case 0 -> Files.createDirectory(file);
                    case 1 -> Files.createSymbolicLink(file, Path.of(pick(random, NAMES)));
                    default -> Files.writeString(file, path);
                }
                paths.add(path);
            } catch (IOException e) {
                // Something else is there by that name; the tree is as good without.
            }
        }
        return List.copyOf(paths);
    }

    private static String patterns(Random random, List<String> paths) {
        List<String> lines = new ArrayList<>();
        for (int i = random.nextInt(5); i >= 0; i--) {
            lines.add(pattern(random, pick(random, paths)));
        }
        if (random.nextInt(4) == 0) {
            lines.add(pick(
                    random,
                    List.of("Dockerfile", ".dockerignore", "*\n!a*\n!first", "# first", " first ", "**\n!first")));
        }
        return (random.nextInt(5) == 0 ? "\ufeff" : "")
                + lines.stream().collect(Collectors.joining(random.nextInt(5) == 0 ? "\r\n" : "\n"))
                + (random.nextBoolean() ? "\n" : "");
    }

    /** Returns a pattern that mostly has to do with a path. */
    private static String pattern(Random random, String path) {
        List<String> parts = new ArrayList<>(List.of(path.split("/")));
        int one = random.nextInt(parts.size());
        switch (random.nextInt(10)) {
            case 0 -> parts.set(one, "*");
            case 1 -> parts.set(one, "**");
            case 2 -> parts.set(one, "?" + parts.get(one).substring(1));
            case 3 -> parts.set(one, "[a-c]*");
            case 4 ->
                parts.set(one, "*" + parts.get(one).substring(parts.get(one).length() / 2));
            case 5 ->
                parts.set(
                        one,
                        parts.get(one).replace("*", "\\*").replace("[", "\\[").replace(".", "\\."));
            case 6 -> parts.add(0, "**");
            case 7 -> parts.remove(parts.size() - 1);
            case 8 -> parts.add(one, "..");
            default -> {}
        }
        String pattern = String.join("/", parts);
        return (random.nextInt(3) == 0 ? "!" : "")
                + pick(random, List.of("", "", "", "/", "./", "../"))
                + pattern
                + pick(random, List.of("", "", "", "/", "/**", "/*"));
    }

    private static String pick(Random random, List<String> of) {
        return of.get(random.nextInt(of.size()));
    }
}
