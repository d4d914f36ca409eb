package dev.bench.calibrate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bench.host.Commands;
import dev.bench.host.Executables;
import dev.bench.jvm.MeasuringJvm;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/** Brings an application up and down with Docker's own command for Compose files, as people do. */
final class ComposeCommand {
    private static final Duration TIMEOUT = Duration.ofMinutes(5);
    private static final long POLL_NANOS = 10_000_000;

    private final List<String> program;
    private final String version;

    private ComposeCommand(List<String> program, String version) {
        this.program = List.copyOf(program);
        this.version = version;
    }

    /** Returns those that are installed, one of each major version: the first that is found. */
    static List<ComposeCommand> find() throws IOException {
        List<List<String>> programs = new ArrayList<>();
        Executables.all("docker-compose").forEach(file -> programs.add(List.of(file.toString())));
        Executables.all("docker").forEach(file -> programs.add(List.of(file.toString(), "compose")));
        Map<String, ComposeCommand> found = new TreeMap<>();
        for (List<String> program : programs) {
            List<String> question = new ArrayList<>(program);
            question.addAll(List.of("version", "--short"));
            Commands.Ended ended = Commands.run(Commands.AT_ONCE, question);
            String version = ended.output().strip();
            if (ended.status() == 0 && version.matches("\\d+\\.\\S*")) {
                found.putIfAbsent(version.substring(0, version.indexOf('.')), new ComposeCommand(program, version));
            }
        }
        return List.copyOf(found.values());
    }

    private boolean waits() {
        return !version.startsWith("1.");
    }

    /** Returns what brings an application up, with the version, for people. */
    String up() {
        return (waits() ? "docker compose up --wait " : "docker-compose up -d ") + version;
    }

    /** Returns what takes an application down, with the version, for people. */
    String down() {
        return (waits() ? "docker compose down " : "docker-compose down ") + version;
    }

    /**
     * Is an application of one engine.
     *
     * @param name of the project
     * @param socket of the engine
     * @param files Compose files, the later over the earlier
     */
    record Project(String name, Path socket, List<Path> files) {
        Project {
            files = List.copyOf(files);
        }
    }

    /** Brings an application up and waits until every service that has a health check is healthy. */
    void up(Project project) throws IOException {
        if (waits()) {
            run(project, "up", "--detach", "--wait");
        } else {
            run(project, "up", "--detach");
            awaitHealth(project);
        }
    }

    /** Takes it down; its volumes stay. */
    void down(Project project) throws IOException {
        run(project, "down");
    }

    /** Removes whatever is there of it, volumes too. */
    void remove(Project project) throws IOException {
        run(project, "down", "--volumes", "--timeout", "0");
    }

    private void run(Project project, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(program);
        command.addAll(List.of("--project-name", project.name()));
        project.files().forEach(file -> command.addAll(List.of("--file", file.toString())));
        command.addAll(List.of(arguments));
        Commands.Ended ended =
                Commands.run(TIMEOUT, null, Map.of("DOCKER_HOST", "unix://" + project.socket()), command);
        if (ended.status() != 0) {
            throw new IOException(
                    "`" + String.join(" ", command) + "` ended with status " + ended.status() + ": " + ended.tail());
        }
    }

    /** Asks the engine, which is faster than any command is started. */
    private static void awaitHealth(Project project) throws IOException {
        String filter = URLEncoder.encode(
                "{\"label\":[\"com.docker.compose.project=" + project.name() + "\"]}", StandardCharsets.UTF_8);
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        try (BareDockerClient client = new BareDockerClient(project.socket())) {
            while (true) {
                String all = client.request("GET", "/containers/json?filters=" + filter, "");
                boolean starting = false;
                for (JsonNode container : MeasuringJvm.JSON.readTree(all)) {
                    String status = container.path("Status").asText();
                    if (status.contains("(unhealthy)")) {
                        throw new IOException(container.path("Names") + " is not healthy: " + status);
                    }
                    starting |= status.contains("(health: starting)");
                }
                if (!starting) {
                    return;
                }
                if (System.nanoTime() - deadline > 0) {
                    throw new IOException("not every service of " + project.name() + " got healthy within "
                            + TIMEOUT.toMinutes() + " minutes");
                }
                LockSupport.parkNanos(POLL_NANOS);
            }
        }
    }
}
