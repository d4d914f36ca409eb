package dev.bench.calibrate;

import dev.bench.host.Commands;
import dev.bench.host.Executables;
import dev.bench.target.LabView;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Builds with {@code docker build}, as people do. */
final class BuildCommand {
    /** Of the repository that a reset empties, so that every build begins with what ours begins with. */
    private static final String TAG = "bench-built:calibration";

    private static final Duration TIMEOUT = Duration.ofMinutes(10);

    private final Path program;
    private final boolean buildKit;
    private final String dockerHost;
    private final String base;

    private BuildCommand(Path program, boolean buildKit, String dockerHost, String base) {
        this.program = program;
        this.buildKit = buildKit;
        this.dockerHost = dockerHost;
        this.base = base;
    }

    /**
     * Finds a command that can do so: newer ones build with BuildKit only where a plugin is installed.
     *
     * @param base reference of what is built on
     */
    static Optional<BuildCommand> find(boolean buildKit, LabView lab, String base) throws IOException {
        for (Path program : Executables.all("docker")) {
            BuildCommand command = new BuildCommand(program, buildKit, lab.service("docker"), base);
            if (command.run("build", "--help").status() == 0) {
                return Optional.of(command);
            }
        }
        return Optional.empty();
    }

    /** Builds a directory. */
    void build(Path context) throws IOException {
        require(run(
                "build",
                "--quiet",
                "--network",
                "none",
                "--build-arg",
                "BASE=" + base,
                "--tag",
                TAG,
                context.toString()));
    }

    private Commands.Ended run(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(program.toString(), "--host", dockerHost));
        command.addAll(List.of(arguments));
        return Commands.run(TIMEOUT, null, Map.of("DOCKER_BUILDKIT", buildKit ? "1" : "0"), command);
    }

    private static void require(Commands.Ended ended) throws IOException {
        if (ended.status() != 0) {
            throw new IOException("docker build failed: " + ended.tail());
        }
    }
}
