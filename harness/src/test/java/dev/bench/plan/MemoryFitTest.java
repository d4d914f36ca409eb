package dev.bench.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.libvirt.LibvirtDriver;
import dev.bench.target.Drivers;
import dev.bench.target.TargetDriver;
import dev.bench.workload.Measurement;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MemoryFitTest {
    private static final long HOST = 8L << 30;
    private static final List<TargetDriver> DRIVERS = Drivers.all();

    private static Optional<String> problem(String engine, Measurement measurement) {
        return MemoryFit.problem(Plans.plan(measurement, 512L << 20, engine), DRIVERS, HOST);
    }

    @Test
    void machinesMayTakeAllTheyAreGivenAboveTheFloor() {
        // A tenth of 8 GiB stays free: 14 machines of 512 MiB fit, 15 do not.
        assertEquals(Optional.empty(), problem("libvirt", new Measurement.Memory(List.of(1, 14), 0, null)));
        String problem = problem("libvirt", new Measurement.Memory(List.of(1, 15), 0, null))
                .orElseThrow();
        assertTrue(problem.startsWith("15 virtual machines of 512 MiB can take 7680 MiB"), problem);
        assertTrue(problem.contains("8192 MiB this host has"), problem);
    }

    @Test
    void theLimitOfAContainerIsOnlyALimit() {
        assertEquals(Optional.empty(), problem("docker", new Measurement.Memory(List.of(100), 0, null)));
    }

    @Test
    void aFloorAboveTheHostsMemoryIsRefused() {
        assertTrue(problem("docker", new Measurement.Memory(List.of(1), 0, 9L << 30))
                .orElseThrow()
                .startsWith("the floor of 9216 MiB is more than the 8192 MiB"));
    }

    @Test
    void otherMeasuresLaunchOneAtATime() {
        assertEquals(Optional.empty(), problem("libvirt", new Measurement.Startup()));
    }

    @Test
    void aMachineLargerThanTheHostIsRefusedWhateverIsMeasured() {
        String problem = MemoryFit.problem(Plans.plan(new Measurement.Startup(), 9L << 30, "libvirt"), DRIVERS, HOST)
                .orElseThrow();
        assertTrue(problem.startsWith("a virtual machine of 9216 MiB is more than the 8192 MiB"), problem);
        assertEquals(
                Optional.empty(),
                MemoryFit.problem(Plans.plan(new Measurement.Startup(), 9L << 30, "docker"), DRIVERS, HOST));
    }

    @Test
    void theEstimateGrowsWithWhatIsAskedFor() {
        long few = seconds(new Measurement.Memory(List.of(1, 2), 0, null));
        long more = seconds(new Measurement.Memory(List.of(1, 2, 4, 8), 0, null));
        long loaded = seconds(new Measurement.Memory(List.of(1, 2, 4, 8), 1_000, null));
        assertTrue(few < more && more < loaded, few + ", " + more + ", " + loaded);
    }

    private static long seconds(Measurement measurement) {
        return Estimate.of(Plans.plan(measurement, 1, "libvirt"), List.of(new LibvirtDriver()), 2)
                .toSeconds();
    }
}
