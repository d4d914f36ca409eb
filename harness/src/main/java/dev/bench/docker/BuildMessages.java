package dev.bench.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.transport.DockerHttpClient;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.function.Consumer;

/** Sends an engine the files of a build, and reads what it says while it builds. */
final class BuildMessages {
    private static final ObjectMapper JSON = new ObjectMapper();

    private BuildMessages() {}

    /**
     * Builds.
     *
     * @param path of the request, with its query
     * @param context a tar, for BuildKit in gzip's format
     * @param messages hears of every message the moment it arrives
     * @return the image's ID; empty where the engine does not say
     * @throws IOException with the engine's own reason, also where that comes last in an answer that began well
     */
    static String read(DockerHttpClient transport, String path, InputStream context, Consumer<JsonNode> messages)
            throws IOException {
        DockerHttpClient.Request request = DockerHttpClient.Request.builder()
                .method(DockerHttpClient.Request.Method.POST)
                .path(path)
                .headers(Map.of("Content-Type", "application/x-tar"))
                .body(context)
                .build();
        String id = "";
        try (DockerHttpClient.Response response = transport.execute(request);
                MappingIterator<JsonNode> answer =
                        JSON.readerFor(JsonNode.class).readValues(response.getBody())) {
            while (answer.hasNextValue()) {
                JsonNode message = answer.nextValue();
                if (response.getStatusCode() >= 400 && message.has("message")) {
                    throw new IOException(message.path("message").asText());
                }
                messages.accept(message);
                id = message.path("aux").path("ID").asText(id);
                if (message.has("errorDetail")) {
                    throw new IOException(
                            message.path("errorDetail").path("message").asText());
                }
            }
        }
        return id;
    }
}
