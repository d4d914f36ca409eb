package dev.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.result.Launch;
import dev.bench.result.Phase;
import dev.bench.result.PhaseName;
import dev.bench.result.Result;
import dev.bench.result.ResultStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Boots a whole Debian beside a lean guest of the same workload. Needs root and what {@code bench setup} installs. */
class ClassicMachineIT {
    private static final String SCENARIO = """
            name: classic-it
            measure: startup
            workload:
              image: {debian: bookworm, packages: [nginx-light]}
              command: %s
              ready: %s
            limits: {cpus: 1, memory: 512MiB}
            targets: {%s}
            plan: {blocks: 1, warmup_blocks: 0, control: false}
            """;

    @TempDir
    private Path directory;

    @AfterEach
    void nothingIsLeft() throws IOException {
        assertEquals(List.of(), Traces.all());
    }

    private Path write(String command, String ready, String targets) throws IOException {
        return Files.writeString(directory.resolve("classic-it.yaml"), SCENARIO.formatted(command, ready, targets));
    }

    @Test
    void aWholeDebianRunsTheSameWorkloadAndTellsItsPhases() throws Exception {
        Bench bench = new Bench(directory);
        Path scenario = write(
                "[nginx, -g, \"daemon off;\"]",
                "{http: {port: 80, path: /, status: 200}, timeout: 5m}",
                "lean: {libvirt: {}}, classic: {libvirt: {guest: classic}}");
        Bench.Outcome outcome = bench.run("run", "--yes", scenario.toString());

        assertEquals(0, outcome.status(), outcome.err());
        ResultStore store = new ResultStore(bench.result());
        Map<String, Launch> launches =
                store.launches().stream().collect(Collectors.toMap(Launch::target, Function.identity()));
        Launch classic = launches.get("classic");
        assertTrue(classic.ok(), classic.toString());
        assertEquals(
                List.of(PhaseName.values()),
                classic.phases().stream()
                        .sorted(Comparator.comparingDouble(Phase::atMs))
                        .map(Phase::name)
                        .toList(),
                classic.toString());
        assertTrue(
                classic.values().get("startup.ready_ms")
                        > launches.get("lean").values().get("startup.ready_ms"),
                launches.toString());
        Map<String, Result.TargetFacts> targets = store.read().targets().stream()
                .collect(Collectors.toMap(Result.TargetFacts::name, Function.identity()));
        assertEquals(
                targets.get("lean").identity().treeDigest(),
                targets.get("classic").identity().treeDigest());
        assertEquals(
                targets.get("lean").identity().env(),
                targets.get("classic").identity().env());
        assertTrue(
                Files.readString(bench.result().resolve("report.md")).contains("boot loader and operating system"),
                "the report does not tell the machine from its system");
    }

    @Test
    void aDiskThatDoesNotBootTellsHowFarItCameAndWhatItSaid() throws Exception {
        Bench bench = new Bench(directory);
        Path disk = Files.write(directory.resolve("empty.raw"), new byte[1 << 20]);
        Path scenario =
                write("[nginx]", "{http: {port: 80}}", "classic: {libvirt: {guest: classic, disk: " + disk + "}}");
        Bench.Outcome outcome = bench.run("run", "--yes", scenario.toString());

        assertEquals(6, outcome.status(), outcome.err());
        assertTrue(outcome.err().contains("classic: the machine did not get to its unit"), outcome.err());
        assertTrue(outcome.err().contains("in the phase firmware: "), outcome.err());
        assertTrue(outcome.err().contains("No bootable device"), outcome.err());
        assertFalse(outcome.err().contains("\tat "), outcome.err());
    }
}
