package dev.bench.docker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bench.host.Executables;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OtherRuntimeTest {
    @TempDir
    private Path directory;

    @Test
    void scenariosNameThemAsTheirPrograms() {
        assertEquals(Optional.of(OtherRuntime.RUNSC), OtherRuntime.of("runsc"));
        assertEquals(Optional.empty(), OtherRuntime.of("runc"));
        assertEquals("docker:crun", OtherRuntime.CRUN.need());
    }

    @Test
    void theEngineIsToldOfThoseThatThisHostHas() throws Exception {
        JsonNode runtimes = new ObjectMapper()
                .readTree(OtherRuntime.configuration(directory, directory))
                .path("runtimes");

        for (OtherRuntime runtime : OtherRuntime.values()) {
            Optional<Path> program = Executables.find(runtime.label());
            JsonNode described = runtimes.path(runtime.label());
            assertEquals(program.isPresent(), described.isObject(), runtimes.toString());
            if (program.isPresent()) {
                assertTrue(Files.isExecutable(Path.of(described.path("path").asText())), described.toString());
                assertEquals(
                        runtime == OtherRuntime.RUNSC,
                        described
                                .toString()
                                .contains(runtime.lastWords(directory).toString()),
                        described.toString());
            }
        }
    }
}
