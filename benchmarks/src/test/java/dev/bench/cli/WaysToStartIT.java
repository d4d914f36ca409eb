package dev.bench.cli;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.host.Cgroups;
import dev.bench.host.Executables;
import dev.bench.host.Processes;
import dev.bench.result.Launch;
import dev.bench.result.Phase;
import dev.bench.result.PhaseName;
import dev.bench.result.ResultStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Starts instances from what is kept of others, on the real engines. Needs root and what {@code bench setup} installs. */
@ExtendWith(NothingIsLeft.class)
class WaysToStartIT {
    private static final String SCENARIO = """
            name: ways-it
            measure: startup
            workload:
              image: {debian: bookworm, packages: [nginx-light]}
              command: [nginx, -g, "daemon off;"]
              ready: {http: {port: 80, path: /, status: 200}}
            limits: {cpus: 1, memory: 256MiB}
            targets: {%s}
            plan: {blocks: 1, warmup_blocks: 1, control: false}
            """;

    @TempDir
    private Path directory;

    private Path write(String targets) throws IOException {
        return Files.writeString(directory.resolve("ways-it.yaml"), SCENARIO.formatted(targets));
    }

    @Test
    void whatIsKeptAnswersSoonerThanWhatStartsFromItsImage() throws Exception {
        Bench bench = new Bench(directory);
        Path scenario =
                write("process: {process: {start: resume}}, cold: {docker: {}}, paused: {docker: {start: resume}},"
                        + " suspended: {libvirt: {start: resume}}, saved: {libvirt: {start: restore}}");
        Bench.Outcome outcome = bench.run("run", "--yes", scenario.toString());

        assertEquals(0, outcome.status(), outcome.err());
        ResultStore store = new ResultStore(bench.result());
        Map<String, Launch> launches = store.launches().stream()
                .filter(launch -> !launch.warmup())
                .collect(Collectors.toMap(Launch::target, Function.identity()));
        assertEquals(Set.of("process", "cold", "paused", "suspended", "saved"), launches.keySet());
        Launch cold = launches.get("cold");
        assertFalse(cold.values().containsKey("startup.state_mib"), cold.toString());
        for (String kept : List.of("process", "paused", "suspended", "saved")) {
            Launch launch = launches.get(kept);
            assertTrue(launch.ok(), launch.toString());
            // Neither made nor executed: those moments were before.
            assertEquals(
                    Set.of(PhaseName.REQUEST, PhaseName.STARTED, PhaseName.READY),
                    launch.phases().stream().map(Phase::name).collect(Collectors.toSet()));
            assertFalse(launch.values().containsKey("startup.exec_ms"), launch.toString());
            assertTrue(launch.values().get("startup.save_ms") > 0, launch.toString());
        }
        for (String kept : List.of("process", "paused")) {
            assertTrue(ready(launches.get(kept)) < ready(cold), launches.toString());
            assertTrue(state(launches.get(kept)) > 1 && state(launches.get(kept)) < 64, launches.toString());
        }
        assertTrue(ready(launches.get("suspended")) < ready(launches.get("saved")), launches.toString());
        for (String machine : List.of("suspended", "saved")) {
            assertTrue(state(launches.get(machine)) > 32 && state(launches.get(machine)) < 512, launches.toString());
        }
        String report = Files.readString(bench.result().resolve("report.md"));
        assertTrue(report.contains("entropy"), report);
        Bench.Outcome verified = bench.run("verify", bench.result().toString());
        assertEquals(0, verified.status(), verified.out() + verified.err());
    }

    @Test
    void aContainerIsRestoredWhereCriuCan() throws Exception {
        Bench bench = new Bench(directory);
        // One process of root's: a host that has taken privileges away lets CRIU save no other user's.
        Path scenario = write("restored: {docker: {start: restore}}");
        Files.writeString(
                scenario, Files.readString(scenario).replace("daemon off;", "daemon off; master_process off;"));
        Bench.Outcome outcome = bench.run("run", "--yes", scenario.toString());

        if (outcome.status() == 5 || Executables.find("criu").isEmpty()) {
            assertEquals(5, outcome.status(), outcome.err());
            assertTrue(outcome.err().contains("CRIU: "), outcome.err());
            assertTrue(outcome.err().contains("Remedy: install a CRIU that this kernel takes"), outcome.err());
            return;
        }
        assertEquals(0, outcome.status(), outcome.err());
        for (Launch launch : new ResultStore(bench.result()).launches()) {
            assertTrue(launch.ok(), launch.toString());
            assertTrue(state(launch) > 0.1 && launch.values().get("startup.save_ms") > 0, launch.toString());
        }
        try (Stream<Path> copies = Files.list(Path.of("/tmp"))) {
            assertTrue(copies.noneMatch(copy -> copy.getFileName().toString().startsWith("ctrd-checkpoint")));
        }
    }

    private static double ready(Launch launch) {
        return launch.values().get("startup.ready_ms");
    }

    private static double state(Launch launch) {
        return launch.values().get("startup.state_mib");
    }

    @Test
    void aKilledRunsFrozenProcessesEndWithTheNextCleaning() throws Exception {
        assertThawed("process: {process: {start: resume}}");
    }

    @Test
    void aKilledRunsPausedContainersEndWithTheNextCleaning() throws Exception {
        assertThawed("container: {docker: {start: resume}}");
    }

    private void assertThawed(String targets) throws Exception {
        Bench bench = new Bench(directory);
        Process process = bench.start("run", "--yes", write(targets).toString());
        await().atMost(3, TimeUnit.MINUTES)
                .pollInterval(2, TimeUnit.MILLISECONDS)
                .until(() -> !frozen().isEmpty() || !process.isAlive());
        Bench.killWithItsMeasuringJvm(process);
        List<Long> frozen = frozen();
        assertFalse(frozen.isEmpty(), "nothing was frozen when the run was killed: " + bench.read("err.txt"));

        Bench.Outcome outcome = bench.run("clean");

        assertEquals(0, outcome.status(), outcome.err());
        assertTrue(frozen.stream().noneMatch(Processes::isAlive), outcome.err());
    }

    /** Returns the processes of frozen control groups of runs. */
    private static List<Long> frozen() throws IOException {
        try (Stream<Path> groups = Cgroups.everywhere("bench").stream().flatMap(WaysToStartIT::below)) {
            return groups.filter(WaysToStartIT::isFrozen)
                    .flatMap(group -> Cgroups.members(group).stream())
                    .toList();
        }
    }

    private static Stream<Path> below(Path group) {
        try (Stream<Path> all = Files.walk(group)) {
            return all.filter(Files::isDirectory).toList().stream();
        } catch (IOException | UncheckedIOException e) {
            return Stream.of();
        }
    }

    private static boolean isFrozen(Path group) {
        try {
            Path state = group.resolve("freezer.state");
            return Files.exists(state)
                    ? Files.readString(state).startsWith("FROZEN")
                    : Files.readString(group.resolve("cgroup.events")).contains("frozen 1");
        } catch (IOException e) {
            return false;
        }
    }
}
