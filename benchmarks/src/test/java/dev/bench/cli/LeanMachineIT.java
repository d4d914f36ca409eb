package dev.bench.cli;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.host.Processes;
import dev.bench.result.Launch;
import dev.bench.result.Result;
import dev.bench.result.ResultStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Starts lean machines in other ways than the usual one. Needs root and what {@code bench setup} installs. */
@ExtendWith(NothingIsLeft.class)
class LeanMachineIT {
    @TempDir
    private Path directory;

    /** Returns the shipped scenario with a fraction of a processor, which what serves a root has to keep to as well. */
    private Path scenario() throws IOException {
        String shipped = Files.readString(Bench.scenario("boot.yaml"));
        return Files.writeString(
                directory.resolve("boot.yaml"),
                shipped.replace("cpus: 1,", "cpus: 0.9,").replaceAll("plan: .*", "plan: {control: false}"));
    }

    private String[] run(String... targets) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("run", "--yes", "--blocks", "1", "--warmup-blocks", "0"));
        for (String target : targets) {
            arguments.addAll(List.of("--target", target));
        }
        arguments.add(scenario().toString());
        return arguments.toArray(String[]::new);
    }

    @Test
    void anotherBootAndAnotherRootRunTheSameWorkload() throws Exception {
        Bench bench = new Bench(directory);
        Bench.Outcome outcome = bench.run(run("vm-pvh", "vm-virtiofs"));

        assertEquals(0, outcome.status(), outcome.err());
        ResultStore store = new ResultStore(bench.result());
        for (Launch launch : store.launches()) {
            assertTrue(launch.ok(), launch.toString());
        }
        Map<String, Result.TargetFacts> targets = store.read().targets().stream()
                .collect(Collectors.toMap(Result.TargetFacts::name, Function.identity()));
        Result.TargetFacts pvh = targets.get("vm-pvh");
        Result.TargetFacts shared = targets.get("vm-virtiofs");
        assertEquals(pvh.identity().treeDigest(), shared.identity().treeDigest());
        assertEquals(pvh.identity().env(), shared.identity().env());
        assertTrue(pvh.identity().attributes().get("mounts").startsWith("/ ext4 rw\n"), pvh.toString());
        assertTrue(shared.identity().attributes().get("mounts").startsWith("/ virtiofs rw\n"), shared.toString());
        // Each has a layer of its own, on the host.
        assertEquals("overlayfs", shared.writable().form());
        assertTrue(shared.writable().ready().largest().contains("/run/nginx.pid"), shared.toString());
        assertEquals(Boolean.FALSE, shared.writable().traceFound());
        String report = Files.readString(bench.result().resolve("report.md"));
        assertTrue(report.contains("no KASLR"), report);
        assertTrue(report.contains("an overlay on the host"), report);
    }

    @Test
    void whatServesAKilledRunsRootEndsWithTheNextCleaning() throws Exception {
        Bench bench = new Bench(directory);
        Process process = bench.start(run("vm-pvh-virtiofs"));
        await().atMost(3, TimeUnit.MINUTES)
                .pollInterval(20, TimeUnit.MILLISECONDS)
                .until(() -> !servers().isEmpty() || !process.isAlive());
        Bench.killWithItsMeasuringJvm(process);
        List<Long> left = servers();
        assertFalse(left.isEmpty(), "nothing was served when the run was killed: " + bench.read("err.txt"));

        Bench.Outcome outcome = bench.run("clean");

        assertEquals(0, outcome.status(), outcome.err());
        assertTrue(left.stream().noneMatch(Processes::isAlive), outcome.err());
    }

    /** Returns those of this place's runs: another may have some of its own. */
    private static List<Long> servers() throws IOException {
        List<Long> servers = new ArrayList<>();
        for (String run : Traces.runs()) {
            Processes.naming("/runs/" + run + "/").stream()
                    .filter(pid -> Processes.names(pid, "-virtiofs/server"))
                    .forEach(servers::add);
        }
        return servers;
    }
}
