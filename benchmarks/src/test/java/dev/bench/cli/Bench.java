package dev.bench.cli;

import static org.awaitility.Awaitility.await;

import dev.bench.jvm.MeasuringJvm;
import dev.bench.result.ResultStore;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionTimeoutException;

/** Runs the tool as a user does: a process of its own, from the distribution that the build made. */
final class Bench {
    private static final Path LIBRARIES = Path.of("target", "bench", "lib");

    private final Path directory;
    private final Map<String, String> environment;
    private final List<Path> beside;

    Bench(Path directory) {
        this(directory, Map.of());
    }

    Bench(Path directory, Map<String, String> environment) {
        this(directory, environment, List.of());
    }

    /** Runs the tool with what is beside the distribution on its class path, as whoever adds a target to it does. */
    Bench(Path directory, Map<String, String> environment, List<Path> beside) {
        this.directory = directory;
        this.environment = environment;
        this.beside = beside;
    }

    record Outcome(int status, String out, String err) {}

    Process start(String... arguments) throws IOException {
        return startUnder(List.of(), arguments);
    }

    /** Starts the tool under another command, such as one that takes privileges away. */
    Process startUnder(List<String> prefix, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(MeasuringJvm.QUIET);
        command.addAll(List.of("-cp", classpath()));
        command.add("dev.bench.cli.Main");
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(directory.resolve("out.txt").toFile())
                .redirectError(directory.resolve("err.txt").toFile());
        builder.environment().remove("DOCKER_HOST");
        builder.environment().remove("LIBVIRT_DEFAULT_URI");
        builder.environment().remove("GITHUB_ACTIONS");
        builder.environment().remove("GITHUB_STEP_SUMMARY");
        builder.environment().putAll(environment);
        return builder.start();
    }

    Outcome finish(Process process) throws IOException, InterruptedException {
        if (!process.waitFor(10, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IOException("bench did not end within ten minutes: " + read("err.txt"));
        }
        return new Outcome(process.exitValue(), read("out.txt"), read("err.txt"));
    }

    Outcome run(String... arguments) throws IOException, InterruptedException {
        return finish(start(arguments));
    }

    /** Kills a run so that nobody is told of it and cleans up. */
    static void killWithItsMeasuringJvm(Process process) throws InterruptedException {
        // The measuring JVM first: whoever started it would tell it of the end.
        process.descendants()
                .filter(descendant -> descendant.info().command().orElse("").endsWith("/java"))
                .forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
    }

    /** Waits until a run has stored so many launches. */
    void awaitLaunches(int count) throws IOException {
        try {
            await().atMost(5, TimeUnit.MINUTES)
                    .until(() -> Files.isDirectory(directory.resolve("results"))
                            && new ResultStore(result()).launches().size() >= count);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("no launches within five minutes: " + read("err.txt"), e);
        }
    }

    String read(String file) throws IOException {
        return new String(Files.readAllBytes(directory.resolve(file)), StandardCharsets.UTF_8);
    }

    /** Returns the only result directory there is. */
    Path result() throws IOException {
        return only(directory.resolve("results"));
    }

    /** Returns the only entry of a directory. */
    static Path only(Path directory) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            return entries.iterator().next();
        }
    }

    static Path scenario(String name) {
        return Path.of("..", "scenarios", name).toAbsolutePath().normalize();
    }

    private String classpath() throws IOException {
        List<String> jars = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(LIBRARIES, "*.jar")) {
            entries.forEach(jar -> jars.add(jar.toAbsolutePath().toString()));
        }
        if (jars.isEmpty()) {
            throw new IOException(
                    LIBRARIES.toAbsolutePath() + " is empty; run the integration tests with `mvn verify`");
        }
        beside.forEach(entry -> jars.add(entry.toAbsolutePath().toString()));
        return String.join(File.pathSeparator, jars);
    }
}
