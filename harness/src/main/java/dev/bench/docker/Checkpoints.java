package dev.bench.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.transport.DockerHttpClient;
import dev.bench.host.FileTrees;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Saves containers to disk and starts them from there, by requests that docker-java has no words for. Used by one thread.
 *
 * <p>An engine's containerd copies every checkpoint on its way there and back, and leaves the copies: a lab's own engine is
 * told where, so that they go with the state.
 *
 * @param transport carries the requests
 * @param containers where the engine keeps what belongs to containers
 * @param copies where containerd's copies are
 */
record Checkpoints(DockerHttpClient transport, Path containers, Path copies) implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NAME = "bench";
    private static final String COPY = "ctrd-checkpoint*";

    /** Saves a container, which ends. */
    void save(String id) throws IOException {
        send("/containers/" + id + "/checkpoints", JSON.writeValueAsString(Map.of("CheckpointID", NAME, "Exit", true)));
    }

    /** Returns what the saved state takes on disk, in bytes. */
    long bytes(String id) throws IOException {
        return FileTrees.allocatedBytes(List.of(containers.resolve(id).resolve("checkpoints")));
    }

    /** Starts a container from its saved state. */
    void restore(String id) throws IOException {
        send("/containers/" + id + "/start?checkpoint=" + NAME, "");
    }

    /** Removes containerd's copies; the state itself goes with its container. */
    void removeCopies() throws IOException {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(copies, COPY)) {
            for (Path copy : found) {
                FileTrees.delete(copy);
            }
        }
    }

    private void send(String path, String body) throws IOException {
        DockerHttpClient.Request.Builder request = DockerHttpClient.Request.builder()
                .method(DockerHttpClient.Request.Method.POST)
                .path(path);
        // A start may have no body at all.
        if (!body.isEmpty()) {
            request.headers(Map.of("Content-Type", "application/json"))
                    .body(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
        }
        try (DockerHttpClient.Response response = transport.execute(request.build())) {
            byte[] answer = response.getBody().readAllBytes();
            if (response.getStatusCode() >= 400) {
                JsonNode told = answer.length == 0 ? JSON.createObjectNode() : JSON.readTree(answer);
                throw new IOException(
                        Criu.explained(told.path("message").asText("status " + response.getStatusCode())));
            }
        }
    }

    @Override
    public void close() {
        DockerClients.close(transport);
    }
}
