package dev.bench.docker;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.transport.DockerHttpClient;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * Builds with an engine's BuildKit, which docker-java cannot ask for.
 *
 * <p>Protocol: {@code POST /build} of the Docker Engine API with {@code version=2}; what it says meanwhile is BuildKit's
 * {@code StatusResponse} in protobuf's encoding.
 */
final class BuildKit {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int VERTEX = 1;
    private static final int VERTEX_NAME = 3;
    private static final int LOG = 3;
    private static final int LOG_MESSAGE = 4;

    private BuildKit() {}

    /**
     * Builds and tags an image.
     *
     * @param context gzip-compressed tar
     * @param network of the steps, such as {@code none}; empty for the engine's default
     * @param log takes every step's name and every line that a step writes
     * @throws IOException with the engine's own reason
     */
    static void build(DockerHttpClient transport, InputStream context, String tag, String network, List<String> log)
            throws IOException {
        DockerHttpClient.Request request = DockerHttpClient.Request.builder()
                .method(DockerHttpClient.Request.Method.POST)
                .path("/build?version=2&t=" + URLEncoder.encode(tag, UTF_8)
                        + (network.isEmpty() ? "" : "&networkmode=" + network))
                .headers(Map.of("Content-Type", "application/x-tar"))
                .body(context)
                .build();
        try (DockerHttpClient.Response response = transport.execute(request);
                MappingIterator<JsonNode> messages =
                        JSON.readerFor(JsonNode.class).readValues(response.getBody())) {
            while (messages.hasNextValue()) {
                JsonNode message = messages.nextValue();
                if (response.getStatusCode() >= 400 && message.has("message")) {
                    throw new IOException(message.path("message").asText());
                }
                if (message.path("id").asText().equals("moby.buildkit.trace")) {
                    read(Base64.getDecoder().decode(message.path("aux").asText()), log);
                }
                if (message.has("stream")) {
                    log.add(message.path("stream").asText().strip());
                }
                if (message.has("errorDetail")) {
                    throw new IOException(
                            message.path("errorDetail").path("message").asText());
                }
            }
        }
    }

    private static void read(byte[] status, List<String> log) {
        Fields fields = new Fields(status);
        while (fields.next()) {
            int wanted = fields.number == VERTEX ? VERTEX_NAME : fields.number == LOG ? LOG_MESSAGE : 0;
            Fields parts = new Fields(fields.content);
            while (wanted != 0 && parts.next()) {
                if (parts.number == wanted) {
                    String text = new String(parts.content, UTF_8).strip();
                    if (fields.number == LOG) {
                        log.addAll(text.lines().toList());
                    } else if (!log.contains(text)) {
                        log.add(text);
                    }
                }
            }
        }
    }

    /** Reads a protobuf message field by field. */
    private static final class Fields {
        private final byte[] message;
        private int position;
        private int number;
        private byte[] content = new byte[0];

        Fields(byte[] message) {
            this.message = message;
        }

        boolean next() {
            if (position >= message.length) {
                return false;
            }
            long key = varint();
            number = (int) (key >> 3);
            content = new byte[0];
            switch ((int) key & 7) {
                case 0 -> varint();
                case 1 -> position += 8;
                case 2 -> {
                    int length = (int) Math.min(varint(), message.length - position);
                    content = java.util.Arrays.copyOfRange(message, position, position + length);
                    position += length;
                }
                default -> position += 4;
            }
            return true;
        }

        private long varint() {
            long value = 0;
            for (int shift = 0; position < message.length; shift += 7) {
                byte next = message[position++];
                value |= (next & 0x7fL) << shift;
                if (next >= 0) {
                    break;
                }
            }
            return value;
        }
    }
}
