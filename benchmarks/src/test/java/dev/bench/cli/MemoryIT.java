package dev.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.calibrate.TouchWorkload;
import dev.bench.result.Launch;
import dev.bench.result.MemoryReading;
import dev.bench.result.MemoryReading.Value;
import dev.bench.result.Result;
import dev.bench.result.ResultStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Measures memory on the real engines. */
class MemoryIT {

    @TempDir
    private Path directory;

    @AfterEach
    void nothingIsLeft() throws IOException {
        assertEquals(List.of(), Traces.all());
    }

    @Test
    void findsWhatAWorkloadTouchesInEveryReadingOnEverySubstrate() throws Exception {
        Path scenario = TouchWorkload.write(
                directory,
                64,
                "[1, 2]",
                "{process: {}, container: {docker: {}}, vm: {libvirt: {}}}",
                "{blocks: 1, control: false}");
        Bench bench = new Bench(directory);

        Bench.Outcome outcome = bench.run("run", "--yes", scenario.toString());

        assertEquals(0, outcome.status(), outcome.err());
        ResultStore store = new ResultStore(bench.result());
        for (Result.MetricSummary summary : store.read().metrics()) {
            if (summary.metric().equals("memory.marginal_mib")) {
                assertTrue(summary.median() > 64, summary.toString());
            }
        }
        assertReadings(store);
        assertReport(store);
    }

    private static void assertReadings(ResultStore store) {
        for (Launch launch : store.launches()) {
            assertTrue(launch.ok(), launch.toString());
            assertTrue(launch.values().get("disk.image_mib") > 0, launch.toString());
        }
        // Three steps, three targets, a measured block and a discarded one.
        assertEquals(3 * 3 * 2, store.readings().size());
        for (MemoryReading reading : store.readings()) {
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
    void moreMemoryThanTheHostHasIsRefusedBeforeAnythingStarts() throws Exception {
        Path scenario = TouchWorkload.write(directory, 0, "[1, 2, 3]", "{vm: {libvirt: {}}}", "{blocks: 1}");
        Files.writeString(scenario, Files.readString(scenario).replace("384MiB", "512GiB"));
        Bench.Outcome outcome = new Bench(directory).run("run", "--yes", scenario.toString());

        assertEquals(2, outcome.status(), outcome.err());
        assertTrue(outcome.err().contains("3 virtual machines of 524288 MiB can take 1572864 MiB"), outcome.err());
        assertTrue(Files.notExists(directory.resolve("results")));
    }
}
