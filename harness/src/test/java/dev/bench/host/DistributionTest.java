package dev.bench.host;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bench.host.Distribution.Family;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DistributionTest {
    @Test
    void knowsDebian() {
        assertEquals(
                new Distribution(Family.DEBIAN, "Debian GNU/Linux 12 (bookworm)"),
                Distribution.parse(List.of("PRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"", "ID=debian")));
    }

    @Test
    void takesUbuntuAndItsOffspringForUbuntuAlthoughTheyAreLikeDebian() {
        assertEquals(
                Family.UBUNTU,
                Distribution.parse(List.of("ID=ubuntu", "ID_LIKE=debian")).family());
        assertEquals(
                new Distribution(Family.UBUNTU, "Linux Mint 22"),
                Distribution.parse(
                        List.of("ID=linuxmint", "ID_LIKE=\"ubuntu debian\"", "PRETTY_NAME='Linux Mint 22'")));
    }

    @Test
    void namesOthersWithoutClaimingToKnowThem() {
        assertEquals(
                new Distribution(Family.OTHER, "Fedora Linux 41"),
                Distribution.parse(List.of("ID=fedora", "PRETTY_NAME=\"Fedora Linux 41\"")));
    }

    @Test
    void survivesASystemWithoutTheFile(@TempDir Path root) {
        assertEquals(
                new Distribution(Family.OTHER, "an unknown distribution"), Distribution.read(new SystemFiles(root)));
    }
}
