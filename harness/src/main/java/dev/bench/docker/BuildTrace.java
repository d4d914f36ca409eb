package dev.bench.docker;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bench.image.Dockerfile;
import dev.bench.target.BuildStep;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gathers what BuildKit says of a build: its {@code StatusResponse} messages in protobuf's encoding, or as JSON.
 *
 * <p>Format: {@code api/services/control/control.proto} of BuildKit, and its {@code SolveStatus}. For use by one thread.
 */
final class BuildTrace {
    private static final int VERTEX = 1;
    private static final int LOG = 3;
    private static final int KEPT_LINES = 200;

    private final Map<String, Vertex> vertices = new LinkedHashMap<>();
    private final List<String> lines = new ArrayList<>();

    /** Is one node of the build's graph. */
    private static final class Vertex {
        private String name = "";
        private boolean cached;
        private @Nullable Instant started;
        private @Nullable Instant completed;
        private String error = "";
        private final List<String> log = new ArrayList<>();
    }

    /** Takes in one message. */
    void add(byte[] status) {
        ProtobufFields fields = new ProtobufFields(status);
        while (fields.next()) {
            if (fields.number() == VERTEX) {
                addVertex(new ProtobufFields(fields.content()));
            } else if (fields.number() == LOG) {
                addLog(new ProtobufFields(fields.content()));
            }
        }
    }

    /** Takes in one message in the form in which the plugin buildx writes them. */
    void add(JsonNode status) {
        for (JsonNode node : status.path("vertexes")) {
            Vertex seen = new Vertex();
            seen.name = node.path("name").asText().strip();
            seen.cached = node.path("cached").asBoolean();
            seen.started = timestamp(node.path("started"));
            seen.completed = timestamp(node.path("completed"));
            seen.error = node.path("error").asText().strip();
            merge(node.path("digest").asText(), seen);
        }
        for (JsonNode log : status.path("logs")) {
            addLog(
                    log.path("vertex").asText(),
                    new String(Base64.getDecoder().decode(log.path("data").asText()), UTF_8));
        }
    }

    private static @Nullable Instant timestamp(JsonNode text) {
        return text.isTextual() ? OffsetDateTime.parse(text.asText()).toInstant() : null;
    }

    private void addVertex(ProtobufFields fields) {
        String digest = "";
        Vertex seen = new Vertex();
        while (fields.next()) {
            switch (fields.number()) {
                case 1 -> digest = fields.text();
                case 3 -> seen.name = fields.text();
                case 4 -> seen.cached = fields.value() != 0;
                case 5 -> seen.started = timestamp(fields.content());
                case 6 -> seen.completed = timestamp(fields.content());
                case 7 -> seen.error = fields.text();
                default -> {}
            }
        }
        merge(digest, seen);
    }

    private void merge(String digest, Vertex seen) {
        Vertex vertex = vertices.computeIfAbsent(digest, key -> new Vertex());
        if (!seen.name.isEmpty() && !seen.name.equals(vertex.name)) {
            keep(lines, seen.name);
        }
        vertex.name = seen.name.isEmpty() ? vertex.name : seen.name;
        vertex.cached |= seen.cached;
        vertex.started = vertex.started == null ? seen.started : vertex.started;
        vertex.completed = seen.completed == null ? vertex.completed : seen.completed;
        vertex.error = seen.error.isEmpty() ? vertex.error : seen.error;
    }

    private void addLog(ProtobufFields fields) {
        String digest = "";
        String text = "";
        while (fields.next()) {
            if (fields.number() == 1) {
                digest = fields.text();
            } else if (fields.number() == 4) {
                text = new String(fields.content(), UTF_8);
            }
        }
        addLog(digest, text);
    }

    private void addLog(String digest, String text) {
        Vertex vertex = vertices.computeIfAbsent(digest, key -> new Vertex());
        text.strip().lines().forEach(line -> {
            keep(vertex.log, line);
            keep(lines, line);
        });
    }

    /** Adds a line to the last ones of an output. */
    static void keep(List<String> lines, String line) {
        lines.add(line);
        if (lines.size() > KEPT_LINES) {
            lines.remove(0);
        }
    }

    private static Instant timestamp(byte[] message) {
        long seconds = 0;
        long nanos = 0;
        ProtobufFields fields = new ProtobufFields(message);
        while (fields.next()) {
            if (fields.number() == 1) {
                seconds = fields.value();
            } else if (fields.number() == 2) {
                nanos = fields.value();
            }
        }
        return Instant.ofEpochSecond(seconds, nanos);
    }

    /** Returns the last names of steps and lines of their output, in the order in which they came. */
    List<String> lines() {
        return lines;
    }

    /** Returns the step that failed, with its last lines; null where none did. */
    @Nullable
    FailedStep failed(Dockerfile dockerfile) {
        StepLines lineOf = new StepLines(dockerfile);
        FailedStep failed = null;
        for (Vertex vertex : vertices.values()) {
            Dockerfile.Instruction instruction = lineOf.find(vertex.name);
            if (!vertex.error.isEmpty() && (failed == null || instruction != null)) {
                failed = new FailedStep(
                        instruction == null ? vertex.name : instruction.text(),
                        instruction == null ? 0 : instruction.line(),
                        vertex.log);
            }
        }
        return failed;
    }

    /**
     * Returns the steps in order of their beginning.
     *
     * @param requested when the build was requested, on the clock that the engine reads too
     */
    List<BuildStep> steps(Dockerfile dockerfile, Instant requested) {
        StepLines lineOf = new StepLines(dockerfile);
        List<BuildStep> steps = new ArrayList<>();
        for (Vertex vertex : vertices.values()) {
            Dockerfile.Instruction instruction = lineOf.find(vertex.name);
            Instant started = vertex.started;
            if (started == null) {
                continue;
            }
            double start = millis(requested, started);
            double end = vertex.completed == null ? start : millis(requested, vertex.completed);
            steps.add(new BuildStep(
                    instruction == null ? vertex.name : instruction.text(),
                    instruction == null ? 0 : instruction.line(),
                    vertex.cached,
                    start,
                    Math.max(start, end)));
        }
        steps.sort(Comparator.comparingDouble(BuildStep::startMs));
        return steps;
    }

    private static double millis(Instant from, Instant to) {
        return Math.max(0, Duration.between(from, to).toNanos() / 1e6);
    }
}
