package dev.bench.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.bench.host.Capability;
import dev.bench.host.Capability.State;
import dev.bench.host.Cgroups;
import dev.bench.target.Drivers;
import dev.bench.target.Examination;
import dev.bench.target.TargetDriver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Examines this host for real. It needs root, and what {@code bench setup} installs. */
final class DoctorIT {
    private static final List<TargetDriver> DRIVERS = Drivers.all();

    @TempDir
    private Path cache = Path.of("");

    @Test
    void findsThisHostFitWithNothingLeftBehind() throws IOException {
        Set<String> before = traces();

        List<Capability> capabilities = Doctor.check(examination(Map.of()), DRIVERS);

        List<Capability> obstacles = Doctor.obstacles(capabilities, Needs.all(DRIVERS));
        assertEquals(List.of(), obstacles, "run `bench setup --yes` as root; see `bench doctor`");
        assertEquals(before, traces());
    }

    @Test
    void everyLineThatIsNotWellHasConsequenceAndRemedy() {
        List<Capability> capabilities =
                Doctor.check(examination(Map.of("dockerHost", "unix:///no/such.sock")), DRIVERS);

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

    private Examination examination(Map<String, String> endpoints) {
        return Examination.ofHost(DRIVERS, cache, endpoints);
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
