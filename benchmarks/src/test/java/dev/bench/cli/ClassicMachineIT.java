package dev.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.result.Launch;
import dev.bench.result.Phase;
import dev.bench.result.PhaseName;
import dev.bench.result.Result;
import dev.bench.result.ResultStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Boots a whole Debian beside a lean guest of the same workload. Needs root and what {@code bench setup} installs. */
@ExtendWith(NothingIsLeft.class)
class ClassicMachineIT {
    @TempDir
    private Path directory;

    @Test
    void aWholeDebianRunsTheSameWorkloadAndTellsItsPhases() throws Exception {
        Bench bench = new Bench(directory);
        String shipped = Files.readString(Bench.scenario("classic.yaml"));
        Path scenario = Files.writeString(
                directory.resolve("classic.yaml"),
                shipped.replace(
                        "\nplan: ",
                        "\n  vm-uefi: {libvirt: {guest: classic, firmware: uefi}}\nplan: {control: false}\nx-plan: "));
        Bench.Outcome outcome = bench.run("run", "--yes", "--blocks", "1", "--warmup-blocks", "0", scenario.toString());

        assertEquals(0, outcome.status(), outcome.err());
        ResultStore store = new ResultStore(bench.result());
        Map<String, Launch> launches =
                store.launches().stream().collect(Collectors.toMap(Launch::target, Function.identity()));
        for (String whole : List.of("vm-classic", "vm-uefi")) {
            Launch launch = launches.get(whole);
            assertTrue(launch.ok(), launch.toString());
            assertEquals(
                    List.of(PhaseName.values()),
                    launch.phases().stream()
                            .sorted(Comparator.comparingDouble(Phase::atMs))
                            .map(Phase::name)
                            .toList(),
                    launch.toString());
        }
        assertTrue(
                launches.get("vm-classic").values().get("startup.ready_ms")
                        > launches.get("vm-lean").values().get("startup.ready_ms"),
                launches.toString());
        Map<String, Result.TargetFacts> targets = store.read().targets().stream()
                .collect(Collectors.toMap(Result.TargetFacts::name, Function.identity()));
        assertEquals(
                targets.get("vm-lean").identity().treeDigest(),
                targets.get("vm-classic").identity().treeDigest());
        assertEquals(
                targets.get("vm-lean").identity().treeDigest(),
                targets.get("vm-uefi").identity().treeDigest());
        assertEquals(
                targets.get("vm-lean").identity().env(),
                targets.get("vm-classic").identity().env());
        assertTrue(
                Files.readString(bench.result().resolve("report.md")).contains("boot loader and operating system"),
                "the report does not tell the machine from its system");
    }

    @ParameterizedTest
    @CsvSource({"bios,No bootable device", "uefi,EDK II|No bootable option"})
    void aDiskThatDoesNotBootTellsHowFarItCameAndWhatItSaid(String firmware, String words) throws Exception {
        Bench bench = new Bench(directory);
        Path disk = Files.write(directory.resolve("empty.raw"), new byte[1 << 20]);
        Path scenario = Files.writeString(directory.resolve("classic-it.yaml"), """
                name: classic-it
                measure: startup
                workload:
                  image: {debian: bookworm, packages: [nginx-light]}
                  command: [nginx]
                  ready: {http: {port: 80}}
                limits: {cpus: 1, memory: 512MiB}
                targets: {classic: {libvirt: {guest: classic, firmware: %s, disk: %s}}}
                plan: {blocks: 1, warmup_blocks: 0, control: false}
                """.formatted(firmware, disk));
        Bench.Outcome outcome = bench.run("run", "--yes", scenario.toString());

        assertEquals(6, outcome.status(), outcome.err());
        assertTrue(outcome.err().contains("classic: the machine did not get to its unit"), outcome.err());
        assertTrue(outcome.err().contains("in the phase firmware: "), outcome.err());
        assertTrue(Pattern.compile(words).matcher(outcome.err()).find(), outcome.err());
        assertFalse(outcome.err().contains("\tat "), outcome.err());
    }
}
