package dev.bench.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.host.Capability;
import dev.bench.host.Capability.State;
import dev.bench.host.Distribution;
import dev.bench.host.FixtureSystem;
import dev.bench.host.SystemFiles;
import dev.bench.target.Examination;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PrivilegeChecksTest {
    @TempDir
    private Path root = Path.of("");

    @Test
    void rootWithEveryCapabilityIsEnough() {
        assertEquals(State.OK, check("0\t0\t0\t0", "000001ffffffffff").get(0).state());
    }

    @Test
    void anOrdinaryUserIsToldToBecomeRoot() {
        Capability capability =
                check("1000\t1000\t1000\t1000", "0000000000000000").get(0);

        assertEquals(State.MISSING, capability.state());
        assertEquals("this process runs as user 1000", capability.finding());
        assertEquals(Set.of("one", "other"), capability.neededBy());
    }

    @Test
    void rootOfAnUnprivilegedContainerIsToldWhatItLacks() {
        // What Docker leaves to root by default.
        Capability capability = check("0\t0\t0\t0", "00000000a80425fb").get(0);

        assertEquals(State.MISSING, capability.state());
        assertEquals("root without CAP_NET_ADMIN, CAP_SYS_PTRACE, CAP_SYS_ADMIN", capability.finding());
        assertTrue(capability.remedy().contains("--privileged"), capability.remedy());
    }

    private List<Capability> check(String user, String effective) {
        SystemFiles files = new FixtureSystem(root)
                .with("/proc/self/status", "Name:\tjava\nUid:\t" + user + "\nCapEff:\t" + effective + "\n")
                .files();
        Examination examination = new Examination(
                files, Distribution.read(files), root, root, Set.of("one", "other"), Map.of(), false, step -> {});
        return new PrivilegeChecks(examination, List.of()).check();
    }
}
