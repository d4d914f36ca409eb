package dev.bench.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.host.Commands;
import dev.bench.image.DockerfileOrder;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Advises on Dockerfiles by real builders. Needs root, and what {@code bench setup} installs. */
@Tag("alone")
final class AdviseIT {
    private static final Pattern FIGURES =
            Pattern.compile("a build takes (\\S+ m?s), .* reordered it takes (\\S+ m?s) \\(predicted: (\\S+ m?s)\\)");

    @TempDir
    private Path directory;

    @AfterEach
    void nothingIsLeft() throws IOException {
        assertEquals(List.of(), Traces.all());
        try (DirectoryStream<Path> scratch = Files.newDirectoryStream(Path.of("/tmp"), "bench-advise-*")) {
            assertFalse(scratch.iterator().hasNext());
        }
    }

    private Bench.Outcome advise(String builder, int blocks, String... instructions)
            throws IOException, InterruptedException {
        base().write(directory.resolve("base.tar"), "/bin/sh");
        Path service = Files.createDirectories(directory.resolve("service"));
        Files.writeString(service.resolve("main.txt"), "main\n");
        Files.writeString(
                service.resolve("Dockerfile"), "ARG BASE\nFROM $BASE\n" + String.join("\n", instructions) + "\n");
        return new Bench(directory)
                .run(
                        "advise",
                        "--yes",
                        "--blocks",
                        Integer.toString(blocks),
                        "--builder",
                        builder,
                        "--base",
                        directory.resolve("base.tar").toString(),
                        "--out",
                        directory.resolve("results").toString(),
                        service.toString());
    }

    @Test
    void anOrderThatSavesIsBuiltAndMeasured() throws Exception {
        Bench.Outcome outcome =
                advise("classic", 3, "COPY . /app/", "RUN mkdir -p /data && sleep 2", "RUN cat /app/main.txt >/built");

        assertEquals(0, outcome.status(), outcome.err());
        Matcher figures = FIGURES.matcher(outcome.out());
        assertTrue(figures.find(), outcome.out());
        double asIs = millis(figures.group(1));
        double reordered = millis(figures.group(2));
        double predicted = millis(figures.group(3));
        // What is spared sleeps for two seconds.
        assertTrue(asIs - reordered > 1_500, outcome.out());
        assertEquals(asIs - 2_000, predicted, 500, outcome.out());
        Path result;
        try (DirectoryStream<Path> results = Files.newDirectoryStream(directory.resolve("results"), "advise-*")) {
            result = results.iterator().next();
        }
        assertEquals(
                "ARG BASE\nFROM $BASE\nRUN mkdir -p /data && sleep 2\nCOPY . /app/\nRUN cat /app/main.txt >/built\n",
                Files.readString(result.resolve(DockerfileOrder.REORDERED)));
        assertEquals(
                List.of("Dockerfile", "main.txt"),
                Commands.runOrThrow(
                                Duration.ofSeconds(10),
                                List.of("ls", directory.resolve("service").toString()))
                        .lines()
                        .toList());
    }

    /**
     * Is a project as people have them.
     *
     * @param manifest what its installation reads
     * @param instructions in the order that is to be mended
     */
    private record Project(String name, String manifest, String... instructions) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** All ten with {@code -Dbench.advise.all=true}; else one. */
    static Stream<Project> projects() {
        List<Project> all = List.of(
                new Project(
                        "go, several stages",
                        "go.mod",
                        "WORKDIR /src",
                        "COPY . .",
                        "RUN go mod download",
                        "RUN go build -o /service",
                        "FROM $BASE",
                        "COPY --from=0 /done /done"),
                new Project(
                        "python",
                        "requirements.txt",
                        "COPY . /app/",
                        "RUN pip install -r /app/requirements.txt",
                        "RUN python3 -m compileall /app"),
                new Project("node", "package.json", "WORKDIR /app", "COPY . .", "RUN npm ci", "RUN npm run build"),
                new Project(
                        "java",
                        "pom.xml",
                        "WORKDIR /app",
                        "COPY . .",
                        "RUN mvn -B dependency:go-offline",
                        "RUN mvn -B package"),
                new Project("c", "Makefile", "COPY . /src/", "RUN apt-get install -y gcc make", "RUN make -C /src"),
                new Project("rust", "Cargo.toml", "WORKDIR /src", "COPY . .", "RUN cargo fetch", "RUN cargo build"),
                new Project(
                        "ruby", "Gemfile", "WORKDIR /app", "COPY . .", "RUN bundle install", "RUN bundle exec rake"),
                new Project(
                        "php", "composer.json", "WORKDIR /app", "COPY . .", "RUN composer install", "RUN php app.php"),
                new Project(
                        "poetry",
                        "pyproject.toml",
                        "WORKDIR /app",
                        "COPY . .",
                        "RUN poetry install --no-root",
                        "RUN python3 -m compileall ."),
                new Project(
                        "java, several stages",
                        "pom.xml",
                        "WORKDIR /app",
                        "COPY . .",
                        "RUN apt-get install -y fonts && mvn -B dependency:go-offline",
                        "RUN mvn -B package",
                        "FROM $BASE",
                        "COPY --from=0 /done /done"));
        return all.stream().limit(Boolean.getBoolean("bench.advise.all") ? all.size() : 1);
    }

    /** Programs that take as long as they are told to stand for those that install and build. */
    @ParameterizedTest
    @MethodSource("projects")
    void whatIsSavedIsPredictedWithinATenth(Project project) throws Exception {
        Path service = Files.createDirectories(directory.resolve("service"));
        Files.writeString(service.resolve(project.manifest()), "one\n");
        Bench.Outcome outcome = advise("buildkit", 2, project.instructions());

        assertEquals(0, outcome.status(), outcome.err());
        Matcher figures = FIGURES.matcher(outcome.out());
        assertTrue(figures.find(), outcome.out());
        double asIs = millis(figures.group(1));
        double saved = asIs - millis(figures.group(2));
        double predicted = asIs - millis(figures.group(3));
        assertTrue(saved > 3_500, outcome.out());
        assertEquals(saved, predicted, 0.1 * saved, outcome.out());
    }

    private static LayeredImage base() throws IOException {
        LayeredImage.Layer tools = new LayeredImage.Layer();
        byte[] tool = """
                #!/bin/sh
                case "$*" in
                *install*|ci|*fetch*|*download*|*dependency:*) sleep 4 ;;
                *) sleep 0.5 ;;
                esac
                echo "$0 $*" >>/done
                """.getBytes(UTF_8);
        for (String name : List.of(
                "pip",
                "python3",
                "npm",
                "mvn",
                "go",
                "apt-get",
                "make",
                "cargo",
                "bundle",
                "composer",
                "php",
                "poetry")) {
            tools.file("bin/" + name, tool);
        }
        return LayeredImage.ofBusyBox("sh", "cat", "echo", "mkdir", "sleep").add(tools);
    }

    private static double millis(String printed) {
        double value = Double.parseDouble(printed.split(" ")[0]);
        return printed.endsWith(" ms") ? value : 1_000 * value;
    }

    @Test
    void aGoodOrderIsLeftAsItIs() throws Exception {
        Bench.Outcome outcome =
                advise("buildkit", 3, "RUN mkdir -p /data", "COPY . /app/", "RUN cat /app/main.txt >/built");

        assertEquals(0, outcome.status(), outcome.err());
        assertTrue(outcome.out().contains("No other order is known"), outcome.out());
    }

    @Test
    void whatCannotBeAdvisedOnIsAUsageError() throws Exception {
        Files.writeString(directory.resolve("nothing"), "");
        refuses("there is no Dockerfile in " + directory, directory.toString());
        Files.writeString(directory.resolve("Dockerfile"), "FROM scratch\nENV A=b\n");
        refuses("copies no file of its directory", directory.toString());
        refuses("--builder kaniko is none of buildkit, classic, buildah", "--builder", "kaniko", directory.toString());
        refuses("--blocks 0 is no number from 1 to 1000", "--blocks", "0", directory.toString());
    }

    private void refuses(String message, String... arguments) throws Exception {
        Bench.Outcome outcome = new Bench(directory)
                .run(Stream.concat(Stream.of("advise"), Stream.of(arguments)).toArray(String[]::new));

        assertEquals(2, outcome.status(), outcome.err());
        assertTrue(outcome.err().contains(message), outcome.err());
    }
}
