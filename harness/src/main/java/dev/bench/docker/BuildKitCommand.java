package dev.bench.docker;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bench.host.Commands;
import dev.bench.host.Executables;
import dev.bench.host.FileTrees;
import dev.bench.host.ProgramVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Builds with BuildKit by Docker's own command line, which sends an engine only those files of a directory that it does not
 * have yet; a request over the engine's API always carries all of them.
 */
final class BuildKitCommand {
    private static final Duration TIMEOUT = Duration.ofMinutes(30);
    private static final String PLUGIN = "buildx";
    private static final String BUILDKIT = "DOCKER_BUILDKIT";
    /** What takes Docker's place under its name, such as Podman's, says something else. */
    private static final Pattern VERSION = Pattern.compile("^Docker version ([^\\s,]+)");

    private static final Pattern PLUGIN_VERSION = Pattern.compile(PLUGIN + " v?(\\d+\\.\\d+)");
    private static final int LEAST_PLUGIN_MINOR = 13;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path program;
    private final boolean plugin;
    private final String version;

    private BuildKitCommand(Path program, boolean plugin, String version) {
        this.program = program;
        this.plugin = plugin;
        this.version = version;
    }

    /** Finds one on this host that can do so and says what its steps take; empty where there is none. */
    static Optional<BuildKitCommand> find() throws IOException {
        return find(Executables.all("docker"));
    }

    /**
     * Finds the first of some programs that can do so. Docker 18.09 to 22 have a client of BuildKit's built in, whose trace
     * passes in the engine's answer; newer ones need the plugin buildx, which can write the trace from 0.13 on.
     */
    static Optional<BuildKitCommand> find(List<Path> programs) throws IOException {
        for (Path program : programs) {
            Matcher version = VERSION.matcher(run(program, "--version").output());
            Commands.Ended help = run(program, "build", "--help");
            if (!version.find() || help.status() != 0) {
                continue;
            }
            boolean plugin = help.output().contains(PLUGIN);
            if (!plugin || tellsTrace(run(program, PLUGIN, "version").output())) {
                return Optional.of(new BuildKitCommand(program, plugin, version.group(1)));
            }
        }
        return Optional.empty();
    }

    private static Commands.Ended run(Path program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        return Commands.run(Commands.AT_ONCE, null, Map.of(BUILDKIT, "1"), command);
    }

    /** Tells from what the plugin says of itself whether it can write its trace. */
    static boolean tellsTrace(String said) {
        Matcher version = PLUGIN_VERSION.matcher(said);
        return version.find() && ProgramVersion.isAtLeast(version.group(1), 0, LEAST_PLUGIN_MINOR);
    }

    /**
     * Takes in what the plugin has written: messages of one line or of several, of which only the first and the last are not
     * indented, and its own words.
     *
     * @return the last of those, which say why a build failed; empty where there are none
     */
    static String told(List<String> lines, BuildTrace trace) throws IOException {
        StringBuilder message = new StringBuilder();
        String words = "";
        for (String line : lines) {
            if (line.startsWith("{") || message.length() > 0) {
                message.append(line);
                if (line.endsWith("}") && (line.startsWith("{") || line.equals("}"))) {
                    trace.add(JSON.readTree(message.toString()));
                    message.setLength(0);
                }
            } else if (!line.isBlank()) {
                words = line.strip().replaceFirst("^ERROR: ", "");
            }
        }
        return words;
    }

    /** Returns what it is, for a person. */
    String describe() {
        return "`docker build` " + version + (plugin ? " with " + PLUGIN : "") + " (" + program + ")";
    }

    /**
     * Opens it for an engine.
     *
     * @param engine the engine's socket, beside which another one is made
     * @param directory for what belongs to the client, which does not exist
     */
    Session open(Path engine, Path directory) throws IOException {
        Files.createDirectories(directory);
        return new Session(engine, directory, plugin ? null : EngineRelay.open(engine));
    }

    /** Is one client of an engine, which knows its directories again. Used by one thread at a time. */
    final class Session implements AutoCloseable {
        private final Path directory;
        private final Path id;
        private final @Nullable EngineRelay relay;
        private final Map<String, String> environment;

        private Session(Path engine, Path directory, @Nullable EngineRelay relay) {
            this.directory = directory;
            this.id = directory.resolve("id");
            this.relay = relay;
            Map<String, String> own = new HashMap<>(Map.of(
                    BUILDKIT,
                    "1",
                    "DOCKER_HOST",
                    "unix://" + (relay == null ? engine : relay.socket()),
                    // The user's own settings are for the user's engines.
                    "DOCKER_CONFIG",
                    directory.toString(),
                    "BUILDX_CONFIG",
                    directory.toString(),
                    "BUILDX_NO_DEFAULT_ATTESTATIONS",
                    "1"));
            for (String unset :
                    List.of("DOCKER_CONTEXT", "DOCKER_TLS_VERIFY", "DOCKER_DEFAULT_PLATFORM", "BUILDX_BUILDER")) {
                own.put(unset, "");
            }
            this.environment = Map.copyOf(own);
        }

        /**
         * Builds and tags an image.
         *
         * @param trace takes in what the builder says
         * @return the image's ID
         * @throws IOException with the engine's own reason
         */
        String build(Path context, BuildQuery query, BuildTrace trace) throws IOException {
            Files.deleteIfExists(id);
            if (relay != null) {
                relay.expect();
            }
            List<String> lines = Collections.synchronizedList(new ArrayList<>());
            Commands.Ended ended = Commands.run(TIMEOUT, null, environment, command(context, query), lines::add);
            String reason = relay == null
                    ? told(List.copyOf(lines), trace)
                    : relay.tell(message -> BuildKit.hear(message, trace));
            if (ended.status() != 0) {
                throw new IOException(reason.isEmpty() ? ended.tail() : reason);
            }
            return Files.readString(id).strip();
        }

        private List<String> command(Path context, BuildQuery query) {
            List<String> command = new ArrayList<>(List.of(
                    program.toString(),
                    "build",
                    "--progress",
                    plugin ? "rawjson" : "plain",
                    "--iidfile",
                    id.toString(),
                    "--file",
                    context.resolve(query.dockerfile()).toString(),
                    "--tag",
                    query.tag(),
                    "--network",
                    query.network()));
            query.arguments().forEach((name, value) -> command.addAll(List.of("--build-arg", name + "=" + value)));
            command.add(context.toString());
            return command;
        }

        @Override
        public void close() {
            if (relay != null) {
                relay.close();
            }
            try {
                FileTrees.delete(directory);
            } catch (IOException e) {
                // The lab removes all that is left in its directory.
            }
        }
    }
}
