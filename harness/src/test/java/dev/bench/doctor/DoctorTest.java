package dev.bench.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.host.Capability;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class DoctorTest {
    private static final Set<String> EVERY = Set.of("docker", "libvirt", "process");
    private static final Capability NO_LIBVIRT = Capability.missing("libvirt", "not installed", "no VMs", "install it")
            .neededBy(Set.of("libvirt"));
    private static final Capability NO_GROUPS =
            Capability.missing("groups", "none", "nothing", "mount them").neededBy(EVERY);
    private static final Capability NO_KVM =
            Capability.degraded("KVM", "hangs", "emulated", "none").neededBy(Set.of("libvirt"));

    @Test
    void onlyWhatTheMeasurementNeedsStandsInItsWay() {
        List<Capability> all = List.of(NO_LIBVIRT, NO_KVM);

        assertEquals(List.of(), Doctor.obstacles(all, Set.of("docker", "process")));
        assertEquals(List.of(NO_LIBVIRT), Doctor.obstacles(all, Set.of("docker", "libvirt")));
        assertEquals(List.of(NO_GROUPS), Doctor.obstacles(List.of(NO_GROUPS), Set.of("process")));
    }

    @Test
    void whereRootIsMissingNothingElseIsBlamed() {
        Capability root = Capability.missing(PrivilegeChecks.ROOT, "user 1000", "nothing", PrivilegeChecks.AS_ROOT)
                .neededBy(EVERY);

        assertEquals(List.of(root), Doctor.first(List.of(NO_GROUPS, root, NO_LIBVIRT)));
        assertEquals(List.of(NO_GROUPS, NO_LIBVIRT), Doctor.first(List.of(NO_GROUPS, NO_LIBVIRT)));
    }

    @Test
    void tellsStaticProgramsFromThoseThatNeedALoader() throws IOException {
        assertTrue(ToolChecks.isStatic(Path.of("/usr/bin/busybox").toRealPath()));
        assertFalse(ToolChecks.isStatic(Path.of("/bin/sh").toRealPath()));
        assertFalse(ToolChecks.isStatic(Path.of("/etc/os-release").toRealPath()));
        assertFalse(ToolChecks.isStatic(Path.of("/no/such/file")));
    }
}
