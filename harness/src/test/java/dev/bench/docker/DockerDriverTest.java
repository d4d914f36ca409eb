package dev.bench.docker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bench.target.TargetDefinition;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DockerDriverTest {
    @Test
    void onlyATargetThatNamesAnotherProgramNeedsIt() {
        assertEquals(Set.of(), needs(Map.of("runtime", "runc", "builder", "buildkit")));
        assertEquals(Set.of("docker:crun"), needs(Map.of("runtime", "crun")));
        assertEquals(Set.of("docker:buildah"), needs(Map.of("builder", "buildah")));
        assertEquals(Set.of("docker:criu"), needs(Map.of("start", "restore")));
        assertEquals(Set.of(), needs(Map.of("start", "resume")));
    }

    private static Set<String> needs(Map<String, String> options) {
        return new DockerDriver().needs(new TargetDefinition("container", "docker", options));
    }
}
