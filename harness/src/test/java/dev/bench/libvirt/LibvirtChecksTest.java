package dev.bench.libvirt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bench.host.Capability;
import dev.bench.host.Capability.State;
import dev.bench.host.Distribution;
import dev.bench.host.FixtureSystem;
import dev.bench.host.SystemFiles;
import dev.bench.libvirt.AccelerationProbe.Acceleration;
import dev.bench.target.Examination;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Needs QEMU, which {@code bench setup} installs. */
final class LibvirtChecksTest {
    @TempDir
    private Path root = Path.of("");

    private final List<Examination> probed = new ArrayList<>();

    @Test
    void repeatsWhatTheProbeOfAccelerationFound() {
        Capability kvm = kvm(new FixtureSystem(root).with("/dev/kvm", "").files(), true);

        assertEquals("the probe was asked", kvm.finding());
        assertEquals(State.DEGRADED, kvm.state());
    }

    @Test
    void startsNoGuestWhereThatTakesTooLong() {
        Capability kvm = kvm(new FixtureSystem(root).with("/dev/kvm", "").files(), false);

        assertEquals("tried when a virtual machine is to be launched", kvm.finding());
        assertEquals(State.OK, kvm.state());
        assertEquals(List.of(), probed);
    }

    @Test
    void needsNoProbeWhereThereIsNoDevice() {
        Capability kvm = kvm(new SystemFiles(root), true);

        assertEquals("there is no /dev/kvm", kvm.finding());
        assertEquals(List.of(), probed);
    }

    private Capability kvm(SystemFiles files, boolean thorough) {
        Examination examination = new Examination(
                files, Distribution.read(files), root, root, Set.of(LibvirtDriver.KEY), Map.of(), thorough, step -> {});
        AccelerationProbe probe = asked -> {
            probed.add(asked);
            return new Acceleration(false, "the probe was asked");
        };
        return new LibvirtChecks(examination, probe)
                .software().stream()
                        .filter(capability -> capability.name().equals("KVM"))
                        .findFirst()
                        .orElseThrow();
    }
}
