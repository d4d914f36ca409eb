package dev.bench.docker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bench.host.Distribution;
import dev.bench.host.Distribution.Family;
import java.util.List;
import org.junit.jupiter.api.Test;

class DockerChecksTest {
    @Test
    void onlyPackagesThatAReleaseHasAreAskedFor() {
        assertEquals(List.of("docker.io"), buildCommand(Family.DEBIAN, 12));
        assertEquals(List.of("docker-cli", "docker-buildx"), buildCommand(Family.DEBIAN, 13));
        assertEquals(List.of("docker-cli", "docker-buildx"), buildCommand(Family.DEBIAN, Integer.MAX_VALUE));
        assertEquals(List.of("docker-buildx"), buildCommand(Family.UBUNTU, 24));
    }

    @Test
    void aBuilderComesWithWhatItsPackageOnlyRecommends() {
        assertEquals(List.of("buildah", "runc"), buildah(Family.DEBIAN, 12));
        assertEquals(List.of("buildah", "runc", "netavark"), buildah(Family.DEBIAN, Integer.MAX_VALUE));
    }

    private static List<String> buildah(Family family, int release) {
        Distribution distribution = new Distribution(family, "", release);
        return DockerChecks.buildahPackages(distribution).packages(distribution);
    }

    private static List<String> buildCommand(Family family, int release) {
        Distribution distribution = new Distribution(family, "", release);
        return DockerChecks.buildCommand(distribution).packages(distribution);
    }
}
