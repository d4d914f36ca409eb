package dev.bench.host;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class VirtualisationTest {
    @TempDir
    private Path root = Path.of("");

    @Test
    void namesTheHypervisorThatTheFirmwareNames() {
        assertEquals(
                "QEMU",
                Virtualisation.hypervisor(
                        system().with("/sys/class/dmi/id/sys_vendor", "QEMU\n").files()));
    }

    @Test
    void seesAHypervisorThatHidesItsName() {
        assertEquals(
                "a hypervisor that does not give its name",
                Virtualisation.hypervisor(system().with("/proc/cpuinfo", "processor: 0\nflags: fpu hypervisor lm\n")
                        .files()));
    }

    @Test
    void takesAMachineOfItsOwnForOne() {
        assertEquals(
                "none",
                Virtualisation.hypervisor(system().with("/sys/class/dmi/id/sys_vendor", "Dell Inc.\n")
                        .with("/proc/cpuinfo", "processor: 0\nflags: fpu lm\n")
                        .files()));
    }

    @Test
    void findsContainersByTheMarksTheirEnginesLeave() {
        assertEquals(
                Optional.of("docker"),
                Virtualisation.container(system().with("/.dockerenv", "").files()));
    }

    @Test
    void readsTheVariableThatEnginesGiveTheFirstProcess() {
        assertEquals(
                Optional.of("lxc"),
                Virtualisation.container(system().with("/proc/1/environ", "PATH=/bin\0container=lxc\0")
                        .files()));
    }

    @Test
    void knowsAMachineThatWasMadeFromAContainerImage() {
        assertEquals(
                Optional.empty(),
                Virtualisation.container(system().with("/.dockerenv", "")
                        .link("/proc/self/ns/pid", "pid:[4026531836]")
                        .files()));
    }

    private FixtureSystem system() {
        return new FixtureSystem(root);
    }
}
