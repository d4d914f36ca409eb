package dev.bench.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.libvirt.LibvirtDriver;
import dev.bench.measure.HostView;
import dev.bench.measure.memory.MemorySettings;
import dev.bench.measure.scaleout.ScaleOutSettings;
import dev.bench.measure.scaleout.Starts;
import dev.bench.measure.startup.StartupSettings;
import dev.bench.measure.storage.StorageJob;
import dev.bench.measure.storage.StorageSettings;
import dev.bench.plan.Plan;
import dev.bench.plan.Plans;
import dev.bench.target.Drivers;
import dev.bench.target.TargetDefinition;
import dev.bench.target.TargetDriver;
import dev.bench.workload.Limits;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HostFitTest {
    private static final long HOST = 8L << 30;
    private static final List<TargetDriver> DRIVERS = Drivers.all();

    private static Optional<String> problem(String engine, MemorySettings settings) {
        return problem(Plans.plan("memory", settings, 512L << 20, engine));
    }

    private static Optional<String> problem(Plan plan) {
        return HostFit.problem(plan, HostFit.view(plan, DRIVERS, HOST, Long.MAX_VALUE, Set.of()));
    }

    @Test
    void machinesMayTakeAllTheyAreGivenAboveTheFloor() {
        // A tenth of 8 GiB stays free: 14 machines of 512 MiB fit, 15 do not.
        assertEquals(Optional.empty(), problem("libvirt", new MemorySettings(List.of(1, 14), 0, null)));
        String problem =
                problem("libvirt", new MemorySettings(List.of(1, 15), 0, null)).orElseThrow();
        assertTrue(problem.startsWith("15 virtual machines of 512 MiB can take 7680 MiB"), problem);
        assertTrue(problem.contains("8192 MiB this host has"), problem);
    }

    @Test
    void theLimitOfAContainerIsOnlyALimit() {
        assertEquals(Optional.empty(), problem("docker", new MemorySettings(List.of(100), 0, null)));
    }

    @Test
    void aFloorAboveTheHostsMemoryIsRefused() {
        assertTrue(problem("docker", new MemorySettings(List.of(1), 0, 9L << 30))
                .orElseThrow()
                .startsWith("the floor of 9216 MiB is more than the 8192 MiB"));
    }

    @Test
    void startsOfMachinesLeaveTheHostItsShare() {
        // Of 8 GiB the host keeps 2; 12 machines of 512 MiB fit beside it, one of which is the one more.
        assertEquals(Optional.empty(), starts("libvirt", 11));
        assertEquals(
                Optional.of("12 machines of 512 MiB and one more need 6656 MiB beside 2048 MiB for the host, which has"
                        + " 8192 MiB; give at most 11 instances or less of limits.memory"),
                starts("libvirt", 12));
        assertEquals(Optional.empty(), starts("docker", 200), "a container's limit is not set aside for it");
    }

    private static Optional<String> starts(String engine, int instances) {
        ScaleOutSettings settings = new ScaleOutSettings(new Starts(instances, 8, 0), null);
        return problem(Plans.plan("scale-out", settings, 512L << 20, engine));
    }

    @Test
    void whatIsWrittenHasToFitWhereInstancesAreKept() {
        StorageSettings settings =
                new StorageSettings(List.of(StorageJob.READ), 1L << 30, Duration.ofSeconds(1), 1, 1, true, false);
        Plan plan = Plans.plan("storage", settings, 512L << 20, "docker");
        assertEquals(Optional.empty(), HostFit.problem(plan, HostFit.view(plan, DRIVERS, HOST, 2L << 30, Set.of())));
        assertEquals(
                Optional.of(
                        "a file of 1024 MiB needs 1536 MiB where instances are kept, which has 1100 MiB free; give less"
                                + " storage.size, free space there, or name another directory with --cache"),
                HostFit.problem(plan, HostFit.view(plan, DRIVERS, HOST, 1100L << 20, Set.of())));
        assertEquals(
                Optional.of("a file of 1024 MiB does not fit into every place: the smallest holds 416 MiB; give less"
                        + " storage.size, more limits.memory for a place in memory, or another place"),
                HostFit.problem(plan, new HostView(HOST, Long.MAX_VALUE, 416L << 20, false, List.of(), List.of())));
    }

    @Test
    void anExistingEngineDoesNotSeeWhatIsMountedForATrial() {
        StorageSettings settings =
                new StorageSettings(List.of(StorageJob.READ), 1L << 20, Duration.ofSeconds(1), 1, 1, true, true);
        Plan plan = Plans.plan("storage", settings, 512L << 20, "docker");
        HostView view = HostFit.view(plan, DRIVERS, HOST, 2L << 30, Set.of("dockerHost"));
        assertEquals(
                Optional.of("storage.fresh cannot be had for target one: what is mounted for a trial is not seen by an"
                        + " existing engine; leave --docker-host and DOCKER_HOST unset, or leave storage.fresh out"),
                HostFit.problem(plan, view));
        HostView own = new HostView(HOST, 2L << 30, Long.MAX_VALUE, false, List.of(), List.of());
        assertEquals(Optional.empty(), HostFit.problem(plan, own));
    }

    @Test
    void databasesHaveToFitToo() {
        StorageSettings settings =
                new StorageSettings(List.of(StorageJob.POSTGRES), 1L << 20, Duration.ofSeconds(1), 1, 1, true, false);
        Plan plan = Plans.plan("storage", settings, 512L << 20, "docker");
        assertEquals(
                Optional.of(
                        "a file and databases of 129 MiB do not fit into every place: the smallest holds 100 MiB; give"
                                + " less storage.size, more limits.memory for a place in memory, or another place"),
                HostFit.problem(plan, new HostView(HOST, Long.MAX_VALUE, 100L << 20, false, List.of(), List.of())));
    }

    @Test
    void aPlaceInMemoryHoldsWhatTheContainersLimitLeaves() {
        TargetDriver docker = Drivers.find(DRIVERS, "docker").orElseThrow();
        Limits limits = new Limits(1, 512L << 20);
        assertEquals(
                416L << 20, docker.placeBytes(new TargetDefinition("a", "docker", Map.of("place", "tmpfs")), limits));
        assertEquals(
                Long.MAX_VALUE,
                docker.placeBytes(new TargetDefinition("a", "docker", Map.of("place", "volume")), limits));
    }

    @Test
    void otherMeasuresLaunchOneAtATime() {
        assertEquals(Optional.empty(), problem(Plans.plan("startup", new StartupSettings(), 512L << 20, "libvirt")));
    }

    @Test
    void aMachineLargerThanTheHostIsRefusedWhateverIsMeasured() {
        String problem = problem(Plans.plan("startup", new StartupSettings(), 9L << 30, "libvirt"))
                .orElseThrow();
        assertTrue(problem.startsWith("a virtual machine of 9216 MiB is more than the 8192 MiB"), problem);
        assertEquals(Optional.empty(), problem(Plans.plan("startup", new StartupSettings(), 9L << 30, "docker")));
    }

    @Test
    void theEstimateGrowsWithWhatIsAskedFor() {
        long few = seconds(new MemorySettings(List.of(1, 2), 0, null));
        long more = seconds(new MemorySettings(List.of(1, 2, 4, 8), 0, null));
        long loaded = seconds(new MemorySettings(List.of(1, 2, 4, 8), 1_000, null));
        assertTrue(few < more && more < loaded, few + ", " + more + ", " + loaded);
    }

    private static long seconds(MemorySettings settings) {
        return Estimate.of(Plans.plan("memory", settings, 1, "libvirt"), List.of(new LibvirtDriver()), 2)
                .toSeconds();
    }
}
