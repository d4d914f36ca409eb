package dev.bench.docker;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URLEncoder;
import java.util.Map;

/**
 * Says how an engine is to build.
 *
 * @param tag the reference the image gets
 * @param dockerfile its name in the context
 * @param target the stage to build; empty for the last
 * @param network of the steps, such as {@code none}; empty for the engine's default
 * @param arguments for the Dockerfile's ARG instructions
 */
record BuildQuery(String tag, String dockerfile, String target, String network, Map<String, String> arguments) {
    private static final ObjectMapper JSON = new ObjectMapper();

    BuildQuery {
        arguments = Map.copyOf(arguments);
    }

    /** Asks for the last stage. */
    BuildQuery(String tag, String dockerfile, String network, Map<String, String> arguments) {
        this(tag, dockerfile, "", network, arguments);
    }

    /**
     * Returns the path of the request.
     *
     * @param version of the builder: 1 for the classic one, 2 for BuildKit
     */
    String path(String version) {
        // A container that a failed step leaves would keep the caches of the classic builder.
        return "/build?version=" + version + "&forcerm=1&rm=1&t=" + encoded(tag) + "&dockerfile=" + encoded(dockerfile)
                + (target.isEmpty() ? "" : "&target=" + encoded(target))
                + (network.isEmpty() ? "" : "&networkmode=" + encoded(network))
                + (arguments.isEmpty() ? "" : "&buildargs=" + encoded(json(arguments)));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }

    private static String json(Map<String, String> arguments) {
        try {
            return JSON.writeValueAsString(arguments);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
