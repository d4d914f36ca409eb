package dev.bench.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.workload.ConfigOverrides;
import dev.bench.workload.ImageConfig;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImageConfigReaderTest {
    private static final byte[] FULL = """
            {"architecture": "amd64", "config": {
              "Entrypoint": ["/entry", "-x"], "Cmd": ["serve"], "Env": ["PATH=/bin", "A=1", "A=2", "B="],
              "User": "www", "WorkingDir": "srv", "StopSignal": "SIGQUIT",
              "ExposedPorts": {"443/tcp": {}, "80": {}, "53/udp": {}}, "Volumes": {"/data": {}}}}
            """.getBytes(UTF_8);
    private static final byte[] EMPTY = "{\"config\": {\"Cmd\": null, \"Entrypoint\": null}}".getBytes(UTF_8);

    private static String refusal(String config) {
        return String.valueOf(assertThrows(
                        IOException.class,
                        () -> ImageConfigReader.read(
                                ("{\"config\": {" + config + "}}").getBytes(UTF_8), ConfigOverrides.none()))
                .getMessage());
    }

    @Test
    void aSingleTextIsAListOfOneWord() throws IOException {
        byte[] config = "{\"config\": {\"Entrypoint\": \"/a b\", \"Cmd\": \"c\"}}".getBytes(UTF_8);
        assertEquals(
                List.of("/a b", "c"),
                ImageConfigReader.read(config, ConfigOverrides.none()).argv());
    }

    @Test
    void whatNoEngineReadsIsRefusedByName() {
        assertTrue(refusal("\"Env\": \"A=1\"").contains("Env is not a list of texts: \"A=1\""));
        assertTrue(refusal("\"Cmd\": [1]").contains("Cmd is not a list of texts: [1]"));
        assertTrue(refusal("\"Entrypoint\": {\"a\": \"b\"}").contains("Entrypoint is not a list"));
        assertTrue(refusal("\"Env\": [\"=x\"]").contains("Env holds '=x', which names no variable"));
        assertTrue(refusal("\"Cmd\": [\"a\\u0000b\"]").contains("Cmd holds the character NUL"));
        assertTrue(refusal("\"ExposedPorts\": {\"8000-8001/tcp\": {}}").contains("ExposedPorts holds '8000-8001/tcp'"));
        assertTrue(refusal("\"StopSignal\": \"SIGFOO\"").contains("its StopSignal 'SIGFOO' is not a signal"));
    }

    @Test
    void theImagesOwnConfigurationIsRead() throws IOException {
        assertEquals(
                new ImageConfig(
                        List.of("/entry", "-x", "serve"),
                        List.of("PATH=/bin", "A=2", "B="),
                        "www",
                        "/srv",
                        List.of(80, 443),
                        "SIGQUIT"),
                ImageConfigReader.read(FULL, ConfigOverrides.none()));
    }

    @Test
    void theScenarioReplacesAndAdds() throws IOException {
        ConfigOverrides overrides = new ConfigOverrides(List.of("run"), List.of("B=3", "C=4"), "1:2", "/tmp", "SIGINT");
        assertEquals(
                new ImageConfig(
                        List.of("run"),
                        List.of("PATH=/bin", "A=2", "B=3", "C=4"),
                        "1:2",
                        "/tmp",
                        List.of(80, 443),
                        "SIGINT"),
                ImageConfigReader.read(FULL, overrides));
    }

    @Test
    void anImageThatSaysNothingGetsTheEnginesDefaults() throws IOException {
        assertEquals(
                new ImageConfig(List.of(), List.of(), "", "/", List.of(), "SIGTERM"),
                ImageConfigReader.read(EMPTY, ConfigOverrides.none()));
    }

    @Test
    void enginesMakeMountPointsVolumesAndTheWorkingDirectory() throws IOException {
        assertEquals(
                List.of("/dev", "/etc", "/proc", "/sys", "/data", "/srv"), ImageConfigReader.directoriesOfEngine(FULL));
        assertEquals(List.of("/dev", "/etc", "/proc", "/sys"), ImageConfigReader.directoriesOfEngine(EMPTY));
    }
}
