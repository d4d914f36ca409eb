package dev.bench.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.dockerjava.api.model.Version;
import com.github.dockerjava.transport.DockerHttpClient;
import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Builds with an engine's BuildKit, which docker-java cannot ask for.
 *
 * <p>Protocol: {@code POST /build} of the Docker Engine API with {@code version=2}; what it says meanwhile is BuildKit's own
 * trace.
 */
final class BuildKit {
    private static final int LEAST_MINOR = 39;
    private static final Pattern API = Pattern.compile("1\\.(\\d+)");

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
        return BuildMessages.read(transport, query.path("2"), context, message -> hear(message, trace));
    }

    /** Takes in one message of an engine's. */
    static void hear(JsonNode message, BuildTrace trace) {
        if (message.path("id").asText().equals("moby.buildkit.trace")) {
            trace.add(Base64.getDecoder().decode(message.path("aux").asText()));
        }
    }

    /** Says why an engine cannot build with it; empty where it can. */
    static Optional<String> missing(Version version) {
        if (Podman.answers(version)) {
            return Optional.of("the engine is Podman, which has no BuildKit");
        }
        String api = String.valueOf(version.getApiVersion());
        Matcher minor = API.matcher(api);
        return minor.matches() && Integer.parseInt(minor.group(1)) < LEAST_MINOR
                ? Optional.of("the engine " + version.getVersion() + " has no BuildKit: its API is " + api
                        + ", and Docker 18.09, whose is 1." + LEAST_MINOR + ", was the first")
                : Optional.empty();
    }
}
