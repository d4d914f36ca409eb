package dev.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.measure.memory.MemoryLayer;
import dev.bench.measure.memory.MemoryReading;
import dev.bench.measure.memory.MemoryReading.Value;
import dev.bench.result.Launch;
import dev.bench.result.Result;
import dev.bench.result.ResultStore;
import dev.bench.result.TargetKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemorySectionsTest {
    private static final int BLOCKS = 6;

    @TempDir
    private Path directory;

    private String report(boolean withReadings, double residual) throws IOException {
        ResultStore store = ResultStore.create(directory);
        for (int block = 0; block <= BLOCKS; block++) {
            store.append(launch(block, "container", 8 + 0.1 * block, residual));
            store.append(launch(block, "vm", 150 + 0.1 * block, residual));
            for (int instances : withReadings ? List.of(0, 1, 2, 4) : List.<Integer>of()) {
                store.append(MemoryReading.FILE, reading(block, "container", instances, 8 + 0.1 * block));
                store.append(MemoryReading.FILE, reading(block, "vm", instances, 150 + 0.1 * block));
            }
        }
        store.write("scenario.yaml", "name: memory\n".getBytes(StandardCharsets.UTF_8));
        store.write(result());
        Reports.write(store);
        return Files.readString(directory.resolve("report.html"));
    }

    @Test
    void showsLayersSlopeReadingsAndDisk() throws IOException {
        String html = report(true, 0.1);

        assertTrue(
                html.contains("<h1>memory, marginal memory: container 8.35 MiB; vm 150 MiB (emulated), 18"),
                html.substring(0, 3_000));
        for (String part : List.of(
                "Layers of one instance",
                "Layers of one instance, the small ones",
                "Memory over instances",
                "8.35 MiB per instance, the band its 95 % interval, 8.1–8.6 MiB",
                "The view from inside the guest",
                "Independent readings",
                "qcow2, 5 MiB on disk of 9 MiB virtual")) {
            assertTrue(html.contains(part), part);
        }
        // Forest, points, distribution, order; two bars; two lines.
        assertEquals(8, html.split("<svg", -1).length - 1);
        assertFalse(html.contains("NaN"));
    }

    @Test
    void leavesOutWhatOnlyStartupHas() throws IOException {
        String html = report(true, 0.1);

        assertFalse(html.contains("Where the time goes"));
        assertFalse(html.contains("The harness itself: a launch of nothing"));
        assertFalse(html.contains("Host monotonic clock only"));
        assertTrue(html.contains("nothing is dropped"), "the method says how the cache is controlled");
    }

    @Test
    void explainsAResidualOnlyWhereItIsLarge() throws IOException {
        assertFalse(report(true, 0.1).contains("That is more than 15 %"));
        Files.delete(directory.resolve("launches.jsonl"));
        Files.delete(directory.resolve("readings.jsonl"));
        assertTrue(report(true, 5).contains("That is more than 15 %"));
    }

    @Test
    void makesDoWithoutReadings() throws IOException {
        String html = report(false, 0.1);

        assertTrue(html.contains("Layers of one instance"));
        assertFalse(html.contains("Memory over instances"));
        assertFalse(html.contains("NaN"));
    }

    @Test
    void aStartupReportHasNothingOfIt() throws IOException {
        Reports.write(Samples.store(directory, "plain", 10));
        String html = Files.readString(directory.resolve("report.html"));

        assertFalse(html.contains("Where the memory goes"));
        assertFalse(html.contains("Disk weight"));
        assertTrue(html.contains("The harness itself: a launch of nothing"));
    }

    private static Launch launch(int block, String target, double marginal, double residual) {
        Map<String, Double> values = new HashMap<>(Map.of(
                "memory.marginal_mib",
                marginal,
                "memory.loaded_mib",
                marginal + 1,
                "memory.pss_mib",
                marginal - 1,
                "disk.image_mib",
                190.0,
                "disk.layer_mib",
                0.2,
                "disk.compressed_mib",
                70.0));
        values.put(MemoryLayer.WORKLOAD.id(), marginal - residual);
        values.put(MemoryLayer.RESIDUAL.id(), residual);
        return new Launch(1, block, 0, target, block == 0, true, "2026-11-24T12:00:00Z", values, List.of(), null);
    }

    private static MemoryReading reading(int block, String target, int instances, double each) {
        Map<String, Double> values = new HashMap<>(Map.of(
                Value.AVAILABLE.id(), 20_000 - each * instances,
                Value.HARNESS.id(), 100.0,
                Value.PSS.id(), each * instances,
                Value.CGROUP_TOTAL.id(), each * instances,
                Value.CGROUP_ANONYMOUS.id(), each * instances));
        if (target.equals("vm") && instances == 4) {
            values.put(Value.GUEST_BACKED.id(), 400.0);
            values.put(MemoryReading.INSIDE + "MemTotal", 900.0);
        }
        return new MemoryReading(1, block, target, block == 0, instances, false, true, 1, values);
    }

    private static Result result() {
        return new Result(
                Result.SCHEMA,
                "memory-20261124T120000Z",
                "bench 0.1.0 (commit abc1234)",
                List.of("bench", "run", "scenarios/memory.yaml"),
                "2026-11-24T12:00:00Z",
                "2026-11-24T12:03:00Z",
                170,
                new Result.ScenarioFacts("memory", "cd", "memory"),
                Result.PlanFacts.of(7, BLOCKS, 1, "container", null),
                Map.of(),
                new Result.WorkloadFacts("image", "sha256:1", "ab", List.of("nginx"), "HTTP 200", "1 CPU, 256 MiB"),
                List.of(
                        new Result.TargetFacts("container", TargetKind.CONTAINER, "docker", false, Map.of(), null),
                        new Result.TargetFacts(
                                "vm",
                                TargetKind.VM,
                                "libvirt",
                                true,
                                Map.of("disk", "qcow2, 5 MiB on disk of 9 MiB virtual"),
                                null)),
                new Result.HarnessCost(20, 0.02, 0.05),
                List.of(),
                List.of(),
                List.of(),
                false);
    }
}
