package dev.bench.libvirt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bench.host.Distribution;
import dev.bench.host.Distribution.Family;
import dev.bench.target.TargetDefinition;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    @Test
    void aHostIsAskedForWhatTheOptionsOfATargetTakeAndForNothingElse() {
        assertEquals(Set.of(), needs(Map.of("boot", "bzimage", "root", "disk", "firmware", "bios")));
        assertEquals(Set.of("libvirt:pvh"), needs(Map.of("boot", "pvh")));
        assertEquals(Set.of("libvirt:virtiofs"), needs(Map.of("root", "virtiofs")));
        assertEquals(Set.of("libvirt:classic"), needs(Map.of("guest", "classic")));
        assertEquals(Set.of("libvirt:classic", "libvirt:uefi"), needs(Map.of("guest", "classic", "firmware", "uefi")));
        assertEquals(Set.of("libvirt:uefi"), needs(Map.of("guest", "classic", "firmware", "uefi", "disk", "/d.qcow2")));
    }

    private static Set<String> needs(Map<String, String> options) {
        return new LibvirtDriver().needs(new TargetDefinition("vm", LibvirtDriver.KEY, options));
    }

    private static List<String> virtiofsd(Family family, int release) {
        Distribution distribution = new Distribution(family, "", release);
        return LibvirtChecks.virtiofsd(distribution).packages(distribution);
    }
}
