package dev.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.measure.isolation.IsolationRecord;
import dev.bench.measure.isolation.IsolationRecord.Inside;
import dev.bench.result.Identity;
import dev.bench.result.Launch;
import dev.bench.result.Result;
import dev.bench.result.ResultStore;
import dev.bench.trace.TraceFileSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Measures isolation on the real engines. Needs root, the kernel's tracing, and what {@code bench setup} installs. */
@Tag("alone")
@ExtendWith(NothingIsLeft.class)
class IsolationIT {
    private static final String SCENARIO = """
            name: isolation-it
            measure: isolation
            isolation: {requests: 20, idle: 200ms}
            workload:
              image: {debian: bookworm, packages: [nginx-light]}
              command: [nginx, -g, "daemon off;"]
              ready: {http: {port: 80, path: /, status: 200}}
            limits: {cpus: 1, memory: 256MiB}
            targets: {%s}
            plan: {blocks: 1, warmup_blocks: 0, control: false}
            """;

    private static final String WALLS =
            "process: {}, container: {docker: {}}, crun: {docker: {runtime: crun}}, unconfined: {docker: {security: unconfined}}, vm: {libvirt: {}}";

    private static final String GVISOR = "gvisor: {docker: {runtime: runsc}}, ";

    @TempDir
    private Path directory;

    private Path write(String targets) throws IOException {
        return Files.writeString(directory.resolve("isolation-it.yaml"), SCENARIO.formatted(targets));
    }

    @Test
    void everyWallIsSeenForWhatItIs() throws Exception {
        Bench bench = new Bench(directory);
        Set<String> before = TraceFileSystem.runs();
        Bench.Outcome outcome = bench.run("run", "--yes", write(GVISOR + WALLS).toString());
        // As packaged for some releases, it cannot run on the Go that it was built with.
        boolean broken = outcome.err().contains("target gvisor: ")
                && outcome.err().contains("; its runtime said: panic: running on goroutine ");
        if (broken) {
            assertEquals(6, outcome.status(), outcome.err());
            outcome = bench.run("run", "--yes", write(WALLS).toString());
        }
        assertEquals(0, outcome.status(), outcome.err());
        ResultStore store = new ResultStore(bench.result());
        for (Launch launch : store.launches()) {
            assertTrue(launch.ok(), launch.toString());
            assertTrue(launch.values().get("isolation.host_syscalls") > 20, launch.toString());
            assertTrue(launch.values().get("isolation.calls_per_request") >= 5, launch.toString());
            assertTrue(launch.values().get("isolation.syscalls") > 200, launch.toString());
        }
        Map<String, IsolationRecord> records = store.details(IsolationRecord.FILE).stream()
                .filter(record -> !record.warmup())
                .collect(Collectors.toMap(IsolationRecord::target, record -> record));
        assertReached(records);
        assertInside(records);
        assertEquals(broken, !records.containsKey("gvisor"));
        if (!broken) {
            assertTrue(calls(records, "gvisor", IsolationRecord.LOAD).contains("ptrace"), "its kernel is a process");
            Inside gvisor = inside(records, "gvisor");
            assertEquals("user-space kernel", gvisor.isolation(), gvisor.toString());
        }
        Bench.Outcome verified = bench.run("verify", bench.result().toString());
        assertEquals(0, verified.status(), verified.out() + verified.err());
        assertTrue(before.containsAll(TraceFileSystem.runs()), "a tracing instance is left");
    }

    private static void assertReached(Map<String, IsolationRecord> records) {
        records.forEach((target, record) -> assertTrue(
                record.phase(IsolationRecord.CONTROL).orElseThrow().calls().isEmpty(), target + ": " + record));
        Set<String> process = calls(records, "process", IsolationRecord.LOAD);
        // The same program on the same kernel serves in the same way, whatever is around it.
        assertTrue(process.containsAll(List.of("accept4", "epoll_wait", "recvfrom")), process.toString());
        assertEquals(process, calls(records, "container", IsolationRecord.LOAD));
        assertEquals(process, calls(records, "crun", IsolationRecord.LOAD));
        assertFalse(
                calls(records, "vm", IsolationRecord.LOAD).contains("accept4"),
                "a guest's own calls are not the host's");
        assertTrue(calls(records, "container", IsolationRecord.START).containsAll(List.of("pivot_root", "seccomp")));
    }

    private static Set<String> calls(Map<String, IsolationRecord> records, String target, String phase) {
        return new HashSet<>(
                records.get(target).phase(phase).orElseThrow().calls().keySet());
    }

    private static void assertInside(Map<String, IsolationRecord> records) {
        Inside process = inside(records, "process");
        assertEquals("none", process.isolation(), process.toString());
        assertEquals("off", process.evidence().get("system call filter"));
        Inside container = inside(records, "container");
        assertEquals("namespaces", container.isolation(), container.toString());
        assertEquals("high", container.confidence(), container.toString());
        assertEquals("on", container.evidence().get("system call filter"));
        assertTrue(container.evidence().get("capabilities, CapBnd").startsWith("14 "), container.toString());
        assertEquals("the host's", container.evidence().get("boot identity"));
        assertTrue(container.refused().containsAll(List.of("bpf", "mount", "swapon")));
        Inside unconfined = inside(records, "unconfined");
        assertEquals("off", unconfined.evidence().get("system call filter"));
        assertTrue(unconfined.evidence().get("capabilities, CapBnd").startsWith("14 "), unconfined.toString());
        assertTrue(unconfined.refused().size() < container.refused().size());
        Inside crun = inside(records, "crun");
        assertEquals("namespaces", crun.isolation(), crun.toString());
        Inside vm = inside(records, "vm");
        assertEquals("virtual machine", vm.isolation(), vm.toString());
        assertEquals("its own", vm.evidence().get("boot identity"));
        assertTrue(container.devices().containsAll(List.of("null", "zero", "urandom")), container.toString());
    }

    private static Inside inside(Map<String, IsolationRecord> records, String target) {
        Inside inside = records.get(target).inside();
        assertNotNull(inside, target);
        return inside;
    }

    /** Serves as any user, which nginx as Debian configures it does not. */
    private static final String ANY_USERS = """
            [perl, "-MIO::Socket::INET", -e, '$s = IO::Socket::INET->new(LocalPort => 80, Listen => 9) or die $!;
            while ($c = $s->accept) { 1 while <$c> =~ /\\S/; print $c "HTTP/1.0 200 OK\\r\\n\\r\\n"; close $c }']
            """;

    @Test
    void anotherUserAndAnEngineWithoutRootAreSeenInside() throws Exception {
        Bench bench = new Bench(directory);
        Path scenario =
                write("container: {docker: {}}, user: {docker: {user: 33}}, rootless: {docker: {rootless: true}}");
        Files.writeString(
                scenario,
                Files.readString(scenario)
                        .replace(
                                "[nginx, -g, \"daemon off;\"]\n",
                                ANY_USERS.strip().replace("\n", " ") + "\n"));

        Bench.Outcome outcome = bench.run("run", "--yes", scenario.toString());

        assertEquals(0, outcome.status(), outcome.err());
        ResultStore store = new ResultStore(bench.result());
        Map<String, IsolationRecord> records = store.details(IsolationRecord.FILE).stream()
                .collect(Collectors.toMap(IsolationRecord::target, record -> record));
        Inside container = inside(records, "container");
        assertEquals("as outside", container.evidence().get("user ids inside"));
        Inside user = inside(records, "user");
        assertTrue(user.evidence().get("capabilities, CapEff").startsWith("0 "), user.toString());
        assertTrue(user.evidence().get("capabilities, CapBnd").startsWith("14 "), user.toString());
        Map<String, Identity> identities = store.read().targets().stream()
                .collect(Collectors.toMap(Result.TargetFacts::name, Result.TargetFacts::identity));
        assertEquals(33, identities.get("user").uid());
        assertEquals("33", identities.get("user").declaredUser());
        assertTrue(identities.get("user").env().contains("HOME=/var/www"));
        assertTrue(Files.readString(bench.result().resolve("report.html")).contains("✓ as declared"));
        Inside rootless = inside(records, "rootless");
        assertEquals("namespaces", rootless.isolation(), rootless.toString());
        assertEquals("its own", rootless.evidence().get("namespace user"));
        assertEquals(
                "0 is 2000000000 outside, and 65536 from there on",
                rootless.evidence().get("user ids inside"));
        assertTrue(rootless.devices().containsAll(List.of("null", "zero", "urandom")), rootless.toString());
        assertEquals(0, identities.get("rootless").uid());
    }

    @Test
    void aKilledRunsTracingAndRootlessEngineEndWithTheNextCleaning() throws Exception {
        Bench bench = new Bench(directory);
        Process process = bench.start(
                "run",
                "--yes",
                "--blocks",
                "9",
                write("rootless: {docker: {rootless: true}}").toString());
        bench.awaitLaunches(1);
        String runId = Traces.runs().iterator().next();
        process.destroyForcibly().waitFor();
        assertTrue(TraceFileSystem.runs().contains(runId), "a killed run leaves its tracing instance");

        Bench.Outcome outcome = bench.run("clean");

        assertEquals(0, outcome.status(), outcome.err());
        assertFalse(TraceFileSystem.runs().contains(runId), outcome.err());
    }
}
