package dev.bench.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bench.workload.ConfigOverrides;
import dev.bench.workload.ImageConfig;
import dev.bench.workload.Signals;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads an image's configuration and applies what the scenario says instead.
 *
 * <p>Format: <a href="https://github.com/opencontainers/image-spec/blob/main/config.md">OCI image configuration</a>,
 * which is also what {@code docker save} writes.
 */
public final class ImageConfigReader {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What engines and their clients read alike; of a range, which some builders leave there, they do not. */
    private static final Pattern PORT = Pattern.compile("[0-9]{1,5}(?:/[a-z]+)?");

    private ImageConfigReader() {}

    /**
     * Returns how an image runs; the argument vector is empty where neither image nor scenario names one.
     *
     * @param json the image's configuration
     */
    public static ImageConfig read(byte[] json, ConfigOverrides overrides) throws IOException {
        return of(JSON.readTree(json).path("config"), overrides);
    }

    /**
     * Returns how an image runs.
     *
     * @param config that part of its configuration which says how it runs, as engines give it too
     * @throws IOException where neither image nor scenario names a command, or the configuration is none
     */
    public static ImageConfig runnable(JsonNode config, ConfigOverrides overrides) throws IOException {
        ImageConfig read = of(config, overrides);
        if (read.argv().isEmpty()) {
            throw new IOException("it has neither ENTRYPOINT nor CMD. Say what to run in it as workload.command");
        }
        return read;
    }

    private static ImageConfig of(JsonNode config, ConfigOverrides overrides) throws IOException {
        List<String> command = overrides.command();
        if (command == null) {
            command = new ArrayList<>(words(config, "Entrypoint"));
            List<String> arguments = overrides.arguments();
            command.addAll(arguments == null ? words(config, "Cmd") : arguments);
        }
        List<String> env = new ArrayList<>(strings(config, "Env"));
        for (String variable : env) {
            if (variable.isEmpty() || variable.startsWith("=")) {
                throw new IOException("its configuration's Env holds '" + variable + "', which names no variable");
            }
        }
        env.addAll(overrides.env());
        List<Integer> ports = new ArrayList<>();
        for (String port : names(config.path("ExposedPorts"))) {
            if (!PORT.matcher(port).matches()) {
                throw new IOException("its configuration's ExposedPorts holds '" + port
                        + "', and a single port such as 80 or 53/udp is accepted");
            }
            String number = port.endsWith("/tcp") ? port.substring(0, port.length() - 4) : port;
            if (number.matches("[0-9]{1,5}")) { // neither udp nor sctp
                ports.add(Integer.valueOf(number));
            }
        }
        ports.sort(null);
        return new ImageConfig(
                command,
                merged(env),
                overridden(overrides.user(), config.path("User"), ""),
                absolute(overridden(overrides.workingDirectory(), config.path("WorkingDir"), "/")),
                ports,
                stopSignal(overridden(overrides.stopSignal(), config.path("StopSignal"), "SIGTERM")));
    }

    /** Returns the directories that an engine makes in an instance where the image lacks them. */
    static List<String> directoriesOfEngine(byte[] json) throws IOException {
        JsonNode config = JSON.readTree(json).path("config");
        List<String> directories = new ArrayList<>(List.of("/dev", "/etc", "/proc", "/sys"));
        names(config.path("Volumes")).forEach(volume -> directories.add(absolute(volume)));
        String workingDirectory = absolute(config.path("WorkingDir").asText(""));
        if (!workingDirectory.equals("/")) {
            directories.add(workingDirectory);
        }
        return directories;
    }

    /** Returns the architecture that an image says it is for; empty where it says none. */
    static String architecture(byte[] json) throws IOException {
        return JSON.readTree(json).path("architecture").asText("");
    }

    /** Keeps the last value of every variable, at the place of its first. */
    private static List<String> merged(List<String> env) {
        Map<String, String> byName = new LinkedHashMap<>();
        for (String variable : env) {
            byName.put(variable.split("=", 2)[0], variable);
        }
        return List.copyOf(byName.values());
    }

    private static String overridden(@Nullable String override, JsonNode own, String fallback) {
        if (override != null) {
            return override;
        }
        return own.asText("").isEmpty() ? fallback : own.asText();
    }

    private static String absolute(String directory) {
        return directory.startsWith("/") ? directory : "/" + directory;
    }

    private static String stopSignal(String signal) throws IOException {
        try {
            Signals.number(signal);
            return signal;
        } catch (IllegalArgumentException e) {
            throw new IOException("its StopSignal " + e.getMessage() + ", or name another as workload.stop_signal", e);
        }
    }

    /** Returns a list of words, for which engines also take a single text, as a list of one. */
    private static List<String> words(JsonNode config, String key) throws IOException {
        JsonNode value = config.path(key);
        return value.isTextual() ? List.of(value.asText()) : strings(config, key);
    }

    private static List<String> strings(JsonNode config, String key) throws IOException {
        JsonNode array = config.path(key);
        List<String> strings = new ArrayList<>();
        for (JsonNode element : array) {
            if (!array.isArray() || !element.isTextual()) {
                throw new IOException("its configuration's " + key + " is not a list of texts: " + array);
            }
            if (element.asText().indexOf('\0') >= 0) {
                throw new IOException(
                        "its configuration's " + key + " holds the character NUL, which no program can be" + " given");
            }
            strings.add(element.asText());
        }
        if (!array.isArray() && !array.isMissingNode() && !array.isNull()) {
            throw new IOException("its configuration's " + key + " is not a list of texts: " + array);
        }
        return strings;
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
