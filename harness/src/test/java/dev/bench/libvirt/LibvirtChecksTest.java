package dev.bench.libvirt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bench.host.Distribution;
import dev.bench.host.Distribution.Family;
import java.util.List;
import org.junit.jupiter.api.Test;

class LibvirtChecksTest {
    @Test
    void onlyPackagesThatAReleaseHasAreAskedFor() {
        assertEquals(List.of("qemu-system-common"), virtiofsd(Family.DEBIAN, 12));
        assertEquals(List.of("virtiofsd"), virtiofsd(Family.DEBIAN, 13));
        assertEquals(List.of("virtiofsd"), virtiofsd(Family.DEBIAN, Integer.MAX_VALUE));
        assertEquals(List.of("qemu-system-common"), virtiofsd(Family.UBUNTU, 22));
        assertEquals(List.of("virtiofsd"), virtiofsd(Family.UBUNTU, 24));
    }

    private static List<String> virtiofsd(Family family, int release) {
        Distribution distribution = new Distribution(family, "", release);
        return LibvirtChecks.virtiofsd(distribution).packages(distribution);
    }
}
