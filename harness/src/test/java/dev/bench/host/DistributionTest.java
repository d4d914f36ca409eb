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
                new Distribution(Family.DEBIAN, "Debian GNU/Linux 12 (bookworm)", 12),
                Distribution.parse(
                        List.of("PRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"", "ID=debian", "VERSION_ID=\"12\"")));
    }

    @Test
    void whatIsToBeTheNextReleaseIsLaterThanAll() {
        assertEquals(
                Integer.MAX_VALUE,
                Distribution.parse(List.of("PRETTY_NAME=\"Debian GNU/Linux forky/sid\"", "ID=debian"))
                        .release());
        assertEquals(
                24,
                Distribution.parse(List.of("ID=ubuntu", "VERSION_ID=\"24.04\"")).release());
        assertEquals(
                Integer.MAX_VALUE,
                Distribution.parse(List.of("ID=debian", "VERSION_ID=next")).release());
    }

    @Test
    void takesUbuntuAndItsOffspringForUbuntuAlthoughTheyAreLikeDebian() {
        assertEquals(
                Family.UBUNTU,
                Distribution.parse(List.of("ID=ubuntu", "ID_LIKE=debian")).family());
        assertEquals(
                new Distribution(Family.UBUNTU, "Linux Mint 22", Integer.MAX_VALUE),
                Distribution.parse(List.of(
                        "ID=linuxmint", "ID_LIKE=\"ubuntu debian\"", "PRETTY_NAME='Linux Mint 22'", "VERSION_ID=22")));
    }

    @Test
    void namesOthersWithoutClaimingToKnowThem() {
        assertEquals(
                new Distribution(Family.OTHER, "Fedora Linux 41", Integer.MAX_VALUE),
                Distribution.parse(List.of("ID=fedora", "PRETTY_NAME=\"Fedora Linux 41\"", "VERSION_ID=41")));
    }

    @Test
    void survivesASystemWithoutTheFile(@TempDir Path root) {
        assertEquals(
                new Distribution(Family.OTHER, "an unknown distribution", Integer.MAX_VALUE),
                Distribution.read(new SystemFiles(root)));
    }
}
