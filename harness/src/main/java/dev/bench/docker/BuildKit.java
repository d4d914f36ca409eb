package dev.bench.docker;

import com.github.dockerjava.transport.DockerHttpClient;
import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;

/**
 * Builds with an engine's BuildKit, which docker-java cannot ask for.
 *
 * <p>Protocol: {@code POST /build} of the Docker Engine API with {@code version=2}; what it says meanwhile is BuildKit's own
 * trace.
 */
final class BuildKit {
    private BuildKit() {}

    /**
     * Builds and tags an image.
     *
     * @param context gzip-compressed tar
     * @param trace takes in what the builder says
     * @return the image's ID; empty where the engine does not say
     * @throws IOException with the engine's own reason
     */
    static String build(DockerHttpClient transport, InputStream context, BuildQuery query, BuildTrace trace)
            throws IOException {
        return BuildMessages.read(transport, query.path("2"), context, message -> {
            if (message.path("id").asText().equals("moby.buildkit.trace")) {
                trace.add(Base64.getDecoder().decode(message.path("aux").asText()));
            }
        });
    }
}
