package dev.bench.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.host.Capability;
import dev.bench.host.Distribution;
import dev.bench.host.Distribution.Family;
import dev.bench.host.Software;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SetupTest {
    private static final Distribution DEBIAN = new Distribution(Family.DEBIAN, "Debian GNU/Linux 12", 12);
    private static final Distribution UBUNTU = new Distribution(Family.UBUNTU, "Ubuntu 24.04", 24);
    private static final Distribution FEDORA = new Distribution(Family.OTHER, "Fedora Linux 41", 41);
    private static final List<String> COMMAND = List.of("apt-get", "install");
    private static final List<String> PACKAGES = List.of("crun", "docker.io");

    @Test
    void plansEveryPackageOnceAndNoneForWhatIsWell() {
        assertEquals(
                List.of("containerd", "crun", "docker.io", "runc"),
                Setup.plan(List.of(
                        Capability.missing("Docker engine", "", "", "")
                                .mendedBy(List.of("docker.io", "containerd", "runc")),
                        Capability.degraded("crun", "", "", "").mendedBy(List.of("crun", "runc")),
                        Capability.ok("QEMU", "").mendedBy(List.of("qemu-system-x86")))));
    }

    @Test
    void printsTheCommandAsAPersonWouldTypeIt() {
        assertEquals(
                "apt-get install -y --no-install-recommends crun docker.io",
                new Setup(DEBIAN, List.of()).command(PACKAGES));
    }

    @Test
    void namesPackagesAsTheDistributionDoesAndAsDebianElsewhere() {
        Software kernel = new Software(List.of("linux-image-cloud-amd64"), List.of("linux-image-virtual"));
        assertEquals(List.of("linux-image-cloud-amd64"), kernel.packages(DEBIAN));
        assertEquals(List.of("linux-image-virtual"), kernel.packages(UBUNTU));
        assertEquals(List.of("linux-image-cloud-amd64"), kernel.packages(FEDORA));
    }

    @Test
    void namesWhatIsNeededWhereItCannotInstall() {
        List<String> said = new ArrayList<>();
        SetupException refused =
                assertThrows(SetupException.class, () -> new Setup(FEDORA, List.of()).install(PACKAGES, said::add));

        String message = String.valueOf(refused.getMessage());
        assertTrue(message.contains("Fedora Linux 41") && message.contains("crun, docker.io"), message);
        assertEquals(List.of(), said);
    }

    @Test
    void explainsThatTheNetworkIsMissing() {
        String explained = Setup.explain("""
                Err:1 http://mirror.example/debian bookworm InRelease
                  Temporary failure resolving 'mirror.example'
                E: Failed to fetch http://mirror.example/debian/pool/c/crun.deb  Temporary failure resolving
                E: Unable to fetch some archives, maybe run apt-get update or try with --fix-missing?
                """, COMMAND, PACKAGES);

        assertTrue(explained.startsWith("cannot install crun docker.io: the package mirror cannot be reached"));
        assertTrue(explained.contains("Temporary failure resolving"), explained);
    }

    @Test
    void explainsThatPermissionIsMissingRatherThanThatALockIsHeld() {
        String output = """
                E: Could not open lock file /var/lib/dpkg/lock-frontend - open (13: Permission denied)
                E: Unable to acquire the dpkg frontend lock (/var/lib/dpkg/lock-frontend), are you root?
                """;

        assertFalse(Setup.isLocked(output));
        assertTrue(Setup.explain(output, COMMAND, PACKAGES).contains("run as root"));
    }

    @Test
    void knowsThatAnotherPackageManagerHoldsTheLock() {
        assertTrue(Setup.isLocked("""
                E: Could not get lock /var/lib/apt/lists/lock. It is held by process 4242 (apt-get)
                E: Unable to lock directory /var/lib/apt/lists/
                """));
    }

    @Test
    void explainsThatTheSourcesLackAPackage() {
        assertTrue(Setup.explain("E: Unable to locate package crun\n", COMMAND, PACKAGES)
                .contains("the configured sources do not have them all"));
    }

    @Test
    void showsWhatItDoesNotUnderstand() {
        assertEquals(
                "cannot install crun docker.io: see what `apt-get install` says (apt-get says: Sub-process"
                        + " /usr/bin/dpkg returned an error code (1))",
                Setup.explain("E: Sub-process /usr/bin/dpkg returned an error code (1)\n", COMMAND, PACKAGES));
    }

    @Test
    void ofWhatIsSetUpThePackagesThatWereAskedForAreTold() {
        List<String> packages = List.of("docker.io", "libvirt0");
        assertEquals(
                Optional.of("setting up docker.io (26.1.5+dfsg1-9)"),
                Setup.set("Setting up docker.io (26.1.5+dfsg1-9) ...", packages));
        assertEquals(
                Optional.of("setting up libvirt0 (11.3.0-3)"),
                Setup.set("Setting up libvirt0:amd64 (11.3.0-3) ...", packages));
        assertEquals(Optional.empty(), Setup.set("Setting up libnl-route-3-200:amd64 (3.7.0-2) ...", packages));
        assertEquals(Optional.empty(), Setup.set("Unpacking docker.io (26.1.5+dfsg1-9) ...", packages));
    }
}
