package dev.bench.docker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.model.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BuildKitCommandTest {
    private static final String WITHOUT_PLUGIN =
            "echo 'ERROR: BuildKit is enabled but the buildx component is missing or broken.' >&2; exit 1";

    @TempDir
    private Path directory = Path.of("");

    @Test
    void takesTheFirstThatCanBuildAndTellsOfItsSteps() throws IOException {
        Path bare = program("bare", "Docker version 28.2.2, build e6534b4", WITHOUT_PLUGIN, "exit 1");
        Path podman = program("podman", "podman version 4.3.1", "echo --iidfile", "exit 1");
        Path early =
                program("early", "Docker version 24.0.1", "echo docker buildx build", "echo docker/buildx v0.12.1 abc");
        Path own = program("own", "Docker version 20.10.24+dfsg1, build 297e128", "echo docker build", "exit 1");
        Path late = program(
                "late", "Docker version 26.1.5+dfsg1", "echo docker buildx build", "echo docker/buildx 0.13.1+ds1 x");

        assertTrue(BuildKitCommand.find(List.of(bare, podman, early)).isEmpty());
        assertEquals(
                "`docker build` 20.10.24+dfsg1 (" + own + ")",
                BuildKitCommand.find(List.of(bare, own, late)).orElseThrow().describe());
        assertEquals(
                "`docker build` 26.1.5+dfsg1 with buildx (" + late + ")",
                BuildKitCommand.find(List.of(early, late)).orElseThrow().describe());
    }

    private Path program(String name, String version, String build, String plugin) throws IOException {
        Path program = Files.writeString(directory.resolve(name), """
                #!/bin/sh
                case $1 in
                --version) echo '%s' ;;
                build) %s ;;
                buildx) %s ;;
                esac
                """.formatted(version, build, plugin));
        return Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void knowsFromWhichVersionOnThePluginWritesItsTrace() {
        assertTrue(BuildKitCommand.tellsTrace("github.com/docker/buildx v0.24.0 d0e5e86"));
        assertTrue(BuildKitCommand.tellsTrace("github.com/docker/buildx v1.0.0 d0e5e86"));
        assertFalse(BuildKitCommand.tellsTrace("github.com/docker/buildx v0.9.1 ed00243"));
        assertFalse(BuildKitCommand.tellsTrace("docker: 'buildx' is not a docker command."));
    }

    @Test
    void anEngineFromBeforeBuildKitIsSaidToHaveNone() throws IOException {
        String message = BuildKit.missing(version("{\"Version\": \"18.06.3-ce\", \"ApiVersion\": \"1.38\"}"))
                .orElseThrow();
        assertEquals(
                "the engine 18.06.3-ce has no BuildKit: its API is 1.38, and Docker 18.09, whose is 1.39, was the first",
                message);
        assertTrue(BuildKit.missing(version("{\"Version\": \"20.10.24\", \"ApiVersion\": \"1.41\"}"))
                .isEmpty());
        assertTrue(
                BuildKit.missing(version("{\"ApiVersion\": \"1.41\", \"Components\": [{\"Name\": \"Podman Engine\"}]}"))
                        .orElseThrow()
                        .contains("Podman"));
    }

    private static Version version(String json) throws IOException {
        return new ObjectMapper().readValue(json, Version.class);
    }
}
