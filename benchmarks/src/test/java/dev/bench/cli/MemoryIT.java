package dev.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.host.SystemFiles;
import dev.bench.known.TouchWorkload;
import dev.bench.measure.memory.FillRecord;
import dev.bench.measure.memory.MemoryReading;
import dev.bench.measure.memory.MemoryReading.Value;
import dev.bench.result.Launch;
import dev.bench.result.ResultStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Measures memory on the real engines. */
@Tag("alone")
@ExtendWith(NothingIsLeft.class)
class MemoryIT {
    /** The most by which a measured shift may differ from what was touched. */
    private static final double TRUTH_MIB = 3;

    @TempDir
    private Path directory;

    @Test
    void theMarginalCostShiftsByWhatAWorkloadTouchesOnEverySubstrate() throws Exception {
        Map<String, Double> none = costs(0).costs();
        Measured some = costs(64);

        assertEquals(Set.of("process", "container", "vm"), none.keySet());
        for (String target : none.keySet()) {
            String seen = target + ": " + none + ", " + some.costs();
            assertEquals(64, some.costs().get(target) - none.get(target), TRUTH_MIB, seen);
        }
        assertReadings(some.store());
        assertReport(some.store());
    }

    private record Measured(ResultStore store, Map<String, Double> costs) {}

    private Measured costs(int mebibytes) throws Exception {
        Path own = Files.createDirectories(directory.resolve(Integer.toString(mebibytes)));
        Path scenario = TouchWorkload.write(
                own, mebibytes, "[1, 2]", TouchWorkload.EVERY_TARGET, "{blocks: 1, warmup_blocks: 0, control: false}");
        Bench bench = new Bench(own);
        Bench.Outcome outcome = bench.run("run", "--yes", scenario.toString());
        assertEquals(0, outcome.status(), outcome.err());
        ResultStore store = new ResultStore(bench.result());
        Map<String, Double> costs = new TreeMap<>();
        for (Launch launch : store.launches()) {
            assertTrue(launch.ok(), launch.toString());
            costs.put(launch.target(), TouchWorkload.cost(launch));
        }
        return new Measured(store, costs);
    }

    private static void assertReadings(ResultStore store) {
        for (Launch launch : store.launches()) {
            assertTrue(launch.ok(), launch.toString());
            assertTrue(launch.values().get("disk.image_mib") > 0, launch.toString());
        }
        // Three steps, three targets.
        assertEquals(3 * 3, store.details(MemoryReading.FILE).size());
        for (MemoryReading reading : store.details(MemoryReading.FILE)) {
            if (reading.instances() > 0) {
                assertTrue(reading.value(Value.PSS) > 64.0 * reading.instances(), reading.toString());
                assertTrue(reading.value(Value.CGROUP_ANONYMOUS) > 64.0 * reading.instances(), reading.toString());
            }
            if (reading.target().equals("vm") && reading.instances() == 2) {
                assertTrue(reading.value(Value.GUEST_WORKLOAD) > 64 * 2, reading.toString());
                assertTrue(reading.value(Value.GUEST_KERNEL) > 0, reading.toString());
            }
        }
    }

    private static void assertReport(ResultStore store) throws IOException {
        String html = Files.readString(store.directory().resolve("report.html"));
        for (String part : List.of(
                "Where the memory goes",
                "Layers of one instance",
                "Memory over instances",
                "The view from inside the guest",
                "Disk weight")) {
            assertTrue(html.contains(part), part);
        }
    }

    @Test
    void asManyContainersFitAsTheFloorLeavesRoomFor() throws Exception {
        int each = 128;
        long roomMib = 1_500;
        long floor = (SystemFiles.ofHost().memoryBytes("MemAvailable").orElseThrow() >> 20) - roomMib;
        Path scenario = TouchWorkload.write(
                directory,
                each,
                "[1, 2], fill: true, floor: " + floor + "MiB",
                "{container: {docker: {}}}",
                "{blocks: 1, warmup_blocks: 0, control: false}");
        Bench bench = new Bench(directory);
        Bench.Outcome outcome = bench.run("run", "--yes", scenario.toString());

        assertEquals(0, outcome.status(), outcome.err());
        ResultStore store = new ResultStore(bench.result());
        Launch launch = store.launches().get(0);
        assertTrue(launch.ok(), launch.toString());
        FillRecord fill = store.details(FillRecord.FILE).get(0);
        assertEquals(FillRecord.FLOOR, fill.cause(), fill.toString());
        // The engine takes its share of the room, and others of the host may give some back.
        assertTrue(fill.instances() >= 2 && fill.instances() <= 2 * roomMib / each, fill.toString());
        assertEquals(fill.instances(), launch.values().get("memory.fits"));
        assertTrue(Files.readString(store.directory().resolve("report.html")).contains("How many fit"));
    }

    @Test
    void machinesThatTogetherExceedTheHostAreRefusedBeforeAnythingStarts() throws Exception {
        long half = hostMebibytes() / 2;
        assertRefused(half, "3 virtual machines of " + half + " MiB can take " + 3 * half + " MiB");
    }

    @Test
    void aMachineLargerThanTheHostIsRefusedBeforeAnythingStarts() throws Exception {
        long twice = hostMebibytes() * 2;
        assertRefused(twice, "a virtual machine of " + twice + " MiB is more than the");
    }

    private void assertRefused(long mebibytes, String reason) throws Exception {
        Path scenario = TouchWorkload.write(directory, 0, "[1, 2, 3]", "{vm: {libvirt: {}}}", "{blocks: 1}");
        Files.writeString(scenario, Files.readString(scenario).replace("384MiB", mebibytes + "MiB"));
        Bench.Outcome outcome = new Bench(directory).run("run", "--yes", scenario.toString());

        assertEquals(2, outcome.status(), outcome.err());
        assertTrue(outcome.err().contains(reason), outcome.err());
        assertTrue(Files.notExists(directory.resolve("results")));
    }

    private static long hostMebibytes() {
        return SystemFiles.ofHost().memoryBytes("MemTotal").orElseThrow() >> 20;
    }
}
