package dev.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.host.Commands;
import dev.bench.measure.delivery.DeliveryRecord;
import dev.bench.result.Launch;
import dev.bench.result.ResultStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Measures deliveries by way of a real registry. Needs root, and what {@code bench setup} and the runs install. */
@ExtendWith(NothingIsLeft.class)
class DeliveryIT {
    private static final String EXISTING = """
            name: existing
            measure: delivery
            workload: {image: {archive: image.tar}, ready: {log: {pattern: hello}, timeout: 3m}}
            delivery: {registry: "%s"}
            targets: {container: {docker: {}}}
            plan: {blocks: 2, warmup_blocks: 0, control: false}
            """;

    @TempDir
    private Path directory;

    @Test
    void theShippedScenarioMovesLayersAndChunksThatAreNewAndNothingElse() throws Exception {
        Bench bench = new Bench(directory);
        Bench.Outcome outcome = bench.run(
                "run",
                "--yes",
                "--blocks",
                "1",
                "--warmup-blocks",
                "0",
                Bench.scenario("delivery.yaml").toString());
        assertEquals(0, outcome.status(), outcome.err());
        ResultStore store = new ResultStore(bench.result());
        for (Launch launch : store.launches()) {
            assertTrue(launch.ok(), launch.toString());
            assertFigures(launch.values(), launch.target());
        }
        List<DeliveryRecord> deliveries = store.details(DeliveryRecord.FILE);
        // Three targets and the A/A copy, three deliveries.
        assertEquals(4 * 3, deliveries.size());
        for (DeliveryRecord delivery : deliveries) {
            assertEquals(delivery.kind().equals("first"), delivery.heldMib() == 0, delivery.toString());
            assertTrue(delivery.holdsMib() > 20, delivery.toString());
            assertTrue(delivery.readyMs() > delivery.pullMs(), delivery.toString());
        }
        Bench.Outcome verified = bench.run("verify", bench.result().toString());
        assertEquals(0, verified.status(), verified.out() + verified.err());
    }

    private static void assertFigures(Map<String, Double> values, String target) {
        for (String name : List.of("push_ms", "pull_ms", "moved_mib", "to_ready_ms")) {
            for (String each : List.of("", ".changed", ".unchanged")) {
                assertTrue(values.getOrDefault("delivery." + name + each, 0.0) > 0, name + each + " of " + target);
            }
        }
        double first = values.get("delivery.moved_mib");
        double changed = values.get("delivery.moved_mib.changed");
        assertTrue(values.get("delivery.moved_mib.unchanged") < 0.5, values.toString());
        if (target.equals("vm-whole")) {
            assertTrue(changed > 0.9 * first, values.toString());
        } else {
            // The file in the top layer cannot be compressed and is a mebibyte long.
            assertTrue(changed > 1 && changed < 1.5 && first > 10 * changed, values.toString());
        }
    }

    @Test
    void saysWhatAKernelCannotDoToALink() throws Exception {
        LayeredImage.ofBusyBox("sh", "cat", "echo").write(directory.resolve("image.tar"), "/bin/echo", "hello");
        Path scenario = directory.resolve("far.yaml");
        Files.writeString(scenario, """
                name: far
                measure: delivery
                workload: {image: {archive: image.tar}, ready: {log: {pattern: hello}, timeout: 3m}}
                delivery: {link: 1Gbit/10ms}
                targets: {container: {docker: {}}, second: {docker: {}}}
                plan: {blocks: 1, control: false}
                """);
        Bench.Outcome outcome = new Bench(directory).run("run", "--yes", scenario.toString());

        assertFalse(outcome.err().contains("\tat "), outcome.err());
        assertFalse(outcome.err().contains("File exists"), outcome.err());
        if (outcome.status() != 0) {
            assertEquals(6, outcome.status(), outcome.err());
            assertTrue(outcome.err().contains("target second was given up"), outcome.err());
            assertTrue(outcome.err().contains("this kernel does not make the link 1Gbit/10ms: "), outcome.err());
            assertTrue(outcome.err().contains("give a rate alone, such as link: 100Mbit"), outcome.err());
        }
    }

    @Test
    void aRegistryOfSomebodyElseServesAndKeepsNothingOfOurs() throws Exception {
        LayeredImage.ofBusyBox("sh", "cat", "echo").write(directory.resolve("image.tar"), "/bin/echo", "hello");
        Path scenario = directory.resolve("existing.yaml");
        try (ExistingRegistry registry = ExistingRegistry.start(directory.resolve("registry"), true)) {
            registry.put("theirs");
            Files.writeString(scenario, EXISTING.formatted(registry.address()));
            Bench bench = new Bench(directory);
            Bench.Outcome outcome = bench.run("run", "--yes", scenario.toString());

            assertEquals(0, outcome.status(), outcome.err());
            List<Launch> launches = new ResultStore(bench.result()).launches();
            assertEquals(2, launches.size());
            for (Launch launch : launches) {
                assertTrue(launch.ok(), launch.toString());
                double changed = launch.values().get("delivery.moved_mib.changed");
                assertTrue(changed > 1 && changed < 1.5, launch.toString());
                assertTrue(launch.values().get("delivery.moved_mib") > changed, launch.toString());
            }
            assertEquals(List.of("theirs"), registry.tags());
        }
        try (ExistingRegistry registry = ExistingRegistry.start(directory.resolve("kept"), false)) {
            Files.writeString(scenario, EXISTING.formatted(registry.address()));
            Bench.Outcome outcome = new Bench(directory).run("run", "--yes", scenario.toString());

            assertEquals(6, outcome.status(), outcome.err());
            assertTrue(
                    outcome.err().contains("the registry " + registry.address() + " cannot be used: "), outcome.err());
            assertTrue(outcome.err().contains("does not let what is stored be removed: status 405"), outcome.err());
            assertFalse(outcome.err().contains("\tat "), outcome.err());
            assertEquals(List.of(), registry.tags());
        }
    }

    @Test
    void releasesThatHaveNoRoomAreAFullDisk() throws Exception {
        LayeredImage.ofBusyBox("sh", "cat", "echo").write(directory.resolve("image.tar"), "/bin/echo", "hello");
        Path cache = Files.createDirectory(directory.resolve("cache"));
        Commands.runOrThrow(
                Commands.AT_ONCE, List.of("mount", "-t", "tmpfs", "-o", "size=400m", "tmpfs", cache.toString()));
        try {
            for (String target : List.of("container: {docker: {}}", "vm: {libvirt: {}}")) {
                Path scenario = directory.resolve("large.yaml");
                Files.writeString(scenario, """
                        name: large
                        measure: delivery
                        workload: {image: {archive: image.tar}, ready: {log: {pattern: hello}, timeout: 3m}}
                        delivery: {change: 160MiB}
                        targets: {%s}
                        plan: {blocks: 1, control: false}
                        """.formatted(target));
                Bench.Outcome outcome =
                        new Bench(directory).run("run", "--yes", "--cache", cache.toString(), scenario.toString());
                assertEquals(5, outcome.status(), outcome.err());
                assertTrue(outcome.err().contains("the disk is full: " + cache), outcome.err());
                assertFalse(outcome.err().contains("\tat "), outcome.err());
            }
        } finally {
            Commands.runOrThrow(Commands.AT_ONCE, List.of("umount", cache.toString()));
        }
    }
}
