package dev.bench.image;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/** Reads which system and which processors an image is for, in the spellings that writers of images use. */
final class ImagePlatform {
    private static final String LINUX = "linux";

    private ImagePlatform() {}

    /** Tells whether a platform, or a configuration, is of Linux or names no system. */
    static boolean isLinux(JsonNode platform) {
        String system = platform.path("os").asText("");
        return system.isEmpty() || system.equalsIgnoreCase(LINUX);
    }

    /**
     * Tells whether an image with this architecture runs on a host.
     *
     * @param host as {@link #normal(String)} has it
     * @param architecture as the image names it; an image that names none is taken for one of the host's
     */
    static boolean runsOn(String host, String architecture) {
        return architecture.isEmpty() || normal(architecture).equals(host);
    }

    /** Returns the name that the image specification has for an architecture. */
    static String normal(String architecture) {
        String lower = architecture.toLowerCase(Locale.ROOT);
        return switch (lower) {
            case "x86_64", "x86-64" -> "amd64";
            case "aarch64" -> "arm64";
            default -> lower;
        };
    }

    /** Returns a platform such as {@code linux/arm/v7} for a message. */
    static String shown(JsonNode platform) {
        String system = platform.path("os").asText("");
        String variant = platform.path("variant").asText("");
        return (system.isEmpty() ? LINUX : system) + "/"
                + platform.path("architecture").asText("") + (variant.isEmpty() ? "" : "/" + variant);
    }
}
