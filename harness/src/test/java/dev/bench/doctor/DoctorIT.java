package dev.bench.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.doctor.Capability.State;
import dev.bench.host.Cgroups;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Examines this host for real. It needs root, and what {@code bench setup} installs. */
final class DoctorIT {
    @TempDir
    private Path cache = Path.of("");

    @Test
    void findsThisHostFitWithNothingLeftBehind() throws IOException {
        Set<String> before = traces();

        List<Capability> capabilities = Doctor.check(context(null, null));

        List<Capability> obstacles =
                Doctor.obstacles(capabilities, Set.of(Needs.PROCESS, Needs.DOCKER, Needs.LIBVIRT, Needs.DEBIAN_IMAGE));
        assertEquals(List.of(), obstacles, "run `bench setup --yes` as root; see `bench doctor`");
        assertEquals(before, traces());
    }

    @Test
    void everyLineThatIsNotWellHasConsequenceAndRemedy() {
        List<Capability> capabilities = Doctor.check(context("unix:///no/such.sock", null));

        assertEquals(
                capabilities.size(),
                capabilities.stream().map(Capability::name).distinct().count());
        capabilities.stream()
                .filter(capability -> capability.state() != State.OK)
                .forEach(capability -> {
                    assertFalse(capability.finding().isBlank(), capability.name());
                    assertFalse(capability.consequence().isBlank(), capability.name());
                    assertFalse(capability.remedy().isBlank(), capability.name());
                });
        assertEquals(State.MISSING, named("Docker engine", capabilities).state());
    }

    @Test
    void repeatsWhatTheProbeOfAccelerationFound() {
        Capability kvm = named("KVM", Doctor.check(context(null, "qemu:///system")));

        assertTrue(
                kvm.finding().equals("the probe was asked") || kvm.finding().equals("there is no /dev/kvm"),
                kvm.finding());
        assertEquals(State.DEGRADED, kvm.state());
    }

    private DoctorContext context(@Nullable String dockerHost, @Nullable String libvirtUri) {
        return DoctorContext.ofHost(
                cache, dockerHost, libvirtUri, () -> new AccelerationProbe.Acceleration(false, "the probe was asked"));
    }

    private static Capability named(String name, List<Capability> capabilities) {
        return capabilities.stream()
                .filter(capability -> capability.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Lists everything an examination makes and has to remove. */
    private Set<String> traces() throws IOException {
        Set<String> traces = new TreeSet<>();
        for (Path directory : directories()) {
            if (Files.isDirectory(directory)) {
                try (Stream<Path> entries = Files.list(directory)) {
                    entries.map(Path::toString)
                            .filter(name -> name.contains("doctor"))
                            .forEach(traces::add);
                }
            }
        }
        try (Stream<Path> entries = Files.list(cache)) {
            entries.map(Path::toString).forEach(traces::add);
        }
        Files.readAllLines(Path.of("/proc/self/mountinfo")).stream()
                .filter(line -> line.contains("doctor"))
                .forEach(traces::add);
        return traces;
    }

    private static List<Path> directories() {
        List<Path> directories = new ArrayList<>(Cgroups.directories("bench"));
        directories.add(Path.of(System.getProperty("java.io.tmpdir")));
        directories.add(Path.of("/run/netns"));
        return directories;
    }
}
