package dev.bench.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bench.host.Commands;
import dev.bench.result.Launch;
import dev.bench.result.PhaseName;
import dev.bench.result.Result;
import dev.bench.result.ResultException;
import dev.bench.result.ResultStore;
import dev.bench.result.WritableLayer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Runs the tool on the real engines, as a user does. */
@ExtendWith(NothingIsLeft.class)
class RunIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path directory;

    private Bench bench;

    @BeforeEach
    void prepare() {
        bench = new Bench(directory);
    }

    @Test
    void measuresOneImageAsProcessContainerAndMachineAndReportsIt() throws Exception {
        Bench.Outcome outcome = bench.run(
                "run", "--yes", "--blocks", "2", Bench.scenario("startup.yaml").toString());

        assertEquals(0, outcome.status(), outcome.err());
        ResultStore store = new ResultStore(bench.result());
        Result result = store.read();
        assertEquals(
                List.of("process", "container", "vm"),
                result.targets().stream().map(Result.TargetFacts::name).toList());
        assertSameWorkload(result);
        assertEquals(12, store.launches().size());
        for (Launch launch : store.launches()) {
            assertTrue(launch.ok(), launch.toString());
            assertPhases(launch);
            double ready = launch.values().get("startup.ready_ms");
            // JMH's stopwatch is around ours.
            double jmh = launch.values().get("jmh.score_ms");
            assertTrue(jmh >= ready - 1 && jmh < ready + 100, launch.toString());
            // The server is nginx, which has nothing left to do, and keeps connections.
            double second = launch.values().get("startup.second_ms");
            assertTrue(second > 0 && second < ready, launch.toString());
            double kept = launch.values().get("startup.kept_ms");
            assertTrue(kept > 0 && kept < ready, launch.toString());
        }
        assertReport(store);
        assertDisks(result);
        JsonNode jmh = JSON.readTree(store.directory().resolve("jmh.json").toFile());
        assertEquals(4, jmh.size());
        assertEquals("ss", jmh.get(0).get("mode").asText());
        assertEquals(2, jmh.get(0).get("primaryMetric").get("rawData").get(0).size());
    }

    private static void assertSameWorkload(Result result) {
        for (Result.TargetFacts target : result.targets()) {
            assertNotNull(target.identity(), target.name());
        }
        assertEquals(
                1,
                result.targets().stream()
                        .map(target -> target.identity().treeDigest()
                                + target.identity().argv()
                                + target.identity().env()
                                + target.identity().uid()
                                + target.identity().cwd())
                        .distinct()
                        .count());
        assertEquals(
                List.of("nginx", "-g", "daemon off;"),
                result.targets().get(0).identity().argv());
    }

    private static void assertPhases(Launch launch) {
        Set<PhaseName> names =
                launch.phases().stream().map(phase -> phase.name()).collect(Collectors.toSet());
        assertTrue(
                names.containsAll(Set.of(
                        PhaseName.REQUEST, PhaseName.CREATED, PhaseName.STARTED, PhaseName.EXEC, PhaseName.READY)),
                launch.toString());
        if (launch.target().equals("vm")) {
            assertTrue(at(launch, PhaseName.KERNEL) < at(launch, PhaseName.INIT), launch.toString());
            assertTrue(at(launch, PhaseName.INIT) < at(launch, PhaseName.EXEC), launch.toString());
        }
        assertTrue(at(launch, PhaseName.CREATED) < at(launch, PhaseName.EXEC), launch.toString());
        assertTrue(at(launch, PhaseName.EXEC) < at(launch, PhaseName.READY), launch.toString());
    }

    private static double at(Launch launch, PhaseName name) {
        return launch.phases().stream()
                .filter(phase -> phase.name() == name)
                .findFirst()
                .orElseThrow()
                .atMs();
    }

    private static void assertReport(ResultStore store) throws IOException {
        String html = Files.readString(store.directory().resolve("report.html"));
        assertTrue(html.contains("<h1>startup: container "), html.substring(0, 2000));
        assertFalse(html.contains("<script"));
        assertFalse(html.contains("src=\"http") || html.contains("href=\"http"));
        assertTrue(html.split("<svg", -1).length - 1 >= 6);
        for (String part : List.of("Identity", "Where the time goes", "scenario as written", "launches.jsonl.gz")) {
            assertTrue(html.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT)), part);
        }
        boolean emulated = store.read().targets().stream().anyMatch(Result.TargetFacts::emulated);
        assertEquals(emulated, html.contains("vm <span class=\"badge\">emulated</span>"));
        assertTrue(Files.readString(store.directory().resolve("report.md")).contains("| container | "));
        assertTrue(Files.readString(store.directory().resolve("report.md"))
                .contains("<summary>Image: What one instance wrote over the image</summary>"));
    }

    /** What one instance of each writes, and that nothing of it outlives the instance. */
    private static void assertDisks(Result result) {
        assertFalse(result.workload().layers().isEmpty());
        assertTrue(
                result.workload().layers().get(0).files() > 1_000,
                result.workload().toString());
        for (Result.TargetFacts target : result.targets()) {
            WritableLayer layer = target.writable();
            assertNotNull(layer, target.name());
            assertTrue(layer.ready().bytes() > 0, layer.toString());
            assertNotNull(layer.ended(), layer.toString());
            assertNotNull(layer.ended().files(), layer.toString());
            assertTrue(layer.firstWrite().firstMs() > 0 && layer.firstWrite().secondMs() > 0, layer.toString());
            assertEquals(false, layer.traceFound(), layer.toString());
            assertEquals(target.kind().hasOwnKernel(), layer.ready().files() == null, layer.toString());
        }
    }

    @Test
    void aJobIsReadyWhenItEndsOnEveryTarget() throws Exception {
        Path scenario = write("""
                name: quick-job
                workload:
                  image: {debian: bookworm, packages: [nginx-light]}
                  command: [sh, -c, "echo working; exit 3"]
                  user: www-data
                  env: {GREETING: "hello world"}
                  workdir: /var/www
                  ready: {exit: 3}
                targets: {process: {}, container: {}, runc: {docker: {runtime: runc}}, vm: {}}
                """);
        Bench.Outcome outcome = bench.run("run", "--yes", "--blocks", "1", scenario.toString());

        assertEquals(0, outcome.status(), outcome.err());
        Result result = new ResultStore(bench.result()).read();
        assertEquals(4, result.targets().size());
        for (Result.TargetFacts target : result.targets()) {
            assertEquals(33, target.identity().uid(), target.name());
            assertEquals("/var/www", target.identity().cwd(), target.name());
            assertTrue(
                    target.identity().env().contains("GREETING=hello world"),
                    target.identity().env().toString());
        }
    }

    @Test
    void aDiskThatWasTamperedWithEndsTheRunThoughItWasProvenBefore() throws Exception {
        Path scenario = write("""
                name: tampered
                workload:
                  image: {archive: image.tar}
                  ready: {http: {port: 80}}
                targets: {vm: {}}
                """);
        LayeredImage.ofBusyBox("httpd")
                .add(new LayeredImage.Layer().directory("www", 0755).file("www/index.html", "served\n".getBytes(UTF_8)))
                .write(directory.resolve("image.tar"), "/bin/httpd", "-f", "-p", "80", "-h", "/www");
        Path cache = directory.resolve("cache");
        Path first = directory.resolve("first");
        assertEquals(0, runOnce(scenario, cache, first).status(), bench.read("err.txt"));
        assertNull(treeReadAt(first), "a disk of a new cache was held for read already");
        Path second = directory.resolve("second");
        assertEquals(0, runOnce(scenario, cache, second).status(), bench.read("err.txt"));
        assertNotNull(treeReadAt(second), "the disk was read again");

        tamper(Bench.only(cache.resolve("images")).resolve("disk.qcow2"));
        Bench.Outcome outcome = runOnce(scenario, cache, directory.resolve("third"));

        assertEquals(6, outcome.status(), outcome.err());
        assertTrue(outcome.err().contains("/www/index.html differs: "), outcome.err());
        assertFalse(outcome.err().contains("\tat "), outcome.err());
    }

    private void tamper(Path disk) throws IOException {
        Path raw = directory.resolve("disk.raw");
        Path content = Files.writeString(directory.resolve("content"), "# not the image's\n");
        for (List<String> command : List.of(
                List.of("qemu-img", "convert", "-O", "raw", disk.toString(), raw.toString()),
                List.of("debugfs", "-w", "-R", "rm /www/index.html", raw.toString()),
                List.of("debugfs", "-w", "-R", "write " + content + " /www/index.html", raw.toString()),
                List.of("qemu-img", "convert", "-O", "qcow2", raw.toString(), disk.toString()))) {
            Commands.runOrThrow(Duration.ofMinutes(1), command);
        }
    }

    private Bench.Outcome runOnce(Path scenario, Path cache, Path results) throws Exception {
        return bench.run(
                "run",
                "--yes",
                "--blocks",
                "1",
                "--cache",
                cache.toString(),
                "--out",
                results.toString(),
                scenario.toString());
    }

    private static String treeReadAt(Path results) throws IOException, ResultException {
        Result result = new ResultStore(Bench.only(results)).read();
        return result.targets().get(0).identity().treeReadAt();
    }

    @Test
    void aWorkloadThatEndsOrAnswersNowhereFailsWithItsLogAndSparesTheOthers() throws Exception {
        Path scenario = write("""
                name: broken
                workload:
                  image: {debian: bookworm, packages: [nginx-light]}
                  command: [sh, -c, "echo the reason is here; exit 4"]
                  ready: {http: {port: 80}, timeout: 20s}
                targets: {process: {}, container: {}, vm: {}}
                """);
        Bench.Outcome outcome = bench.run("run", "--yes", "--blocks", "1", scenario.toString());

        assertEquals(6, outcome.status(), outcome.err());
        assertTrue(
                outcome.err()
                        .contains("ended with status 4 before it was ready. Check workload.command."
                                + " It last wrote: the reason is here\n"),
                outcome.err());
        assertFalse(outcome.err().contains("\tat "), outcome.err());
        ResultStore store = new ResultStore(bench.result());
        List<Launch> launches = store.launches();
        assertTrue(launches.stream().noneMatch(Launch::ok));
        assertEquals(
                Set.of("process", "container", "container (A/A)", "vm"),
                launches.stream().map(Launch::target).collect(Collectors.toSet()));
        for (Launch launch : launches) {
            assertEquals("exited", launch.failure().kind());
            String log =
                    Files.readString(store.directory().resolve(launch.failure().log()));
            assertEquals("the reason is here", log.strip());
            assertTrue(
                    launch.failure().message().endsWith("It last wrote: the reason is here"),
                    launch.failure().message());
            if (launch.target().equals("vm")) {
                String console = launch.failure().log().replaceFirst("\\.log$", "-console.log");
                assertTrue(Files.size(store.directory().resolve(console)) > 0);
            }
        }
    }

    @Test
    void aRefusalOfTheEngineIsToldAndTheLogOfALabsEngineIsKept() throws Exception {
        Path scenario = write("""
                name: greedy
                workload:
                  image: {debian: bookworm, packages: [nginx-light]}
                  command: [nginx, -g, "daemon off;"]
                  ready: {http: {port: 80}}
                limits: {cpus: 1024}
                targets: {container: {}}
                """);
        Bench.Outcome outcome = bench.run("run", "--yes", "--blocks", "1", scenario.toString());

        assertEquals(6, outcome.status(), outcome.err());
        assertTrue(outcome.err().contains("the engine could not create the container"), outcome.err());
        assertTrue(outcome.err().contains("kept with the result, as logs/engine.log"), outcome.err());
        Path log = new ResultStore(bench.result()).logs().resolve("engine.log");
        assertTrue(Files.size(log) > 0, log.toString());
    }

    @Test
    void aPortNobodyListensOnIsNamed() throws Exception {
        Path scenario = write("""
                name: deaf
                workload:
                  image: {debian: bookworm, packages: [nginx-light]}
                  command: [nginx, -g, "daemon off;"]
                  ready: {http: {port: 8081}, timeout: 3s}
                targets: {process: {}, container: {}}
                plan: {control: false}
                """);
        Bench.Outcome outcome = bench.run("run", "--yes", "--blocks", "5", scenario.toString());

        assertEquals(6, outcome.status(), outcome.err());
        assertTrue(outcome.err().contains("HTTP on port 8081 gave no correct answer"), outcome.err());
        assertTrue(outcome.err().contains("Connection refused"), outcome.err());
        // Given up after the discarded block, not waited for five times more.
        assertEquals(2, new ResultStore(bench.result()).launches().size());
    }

    @Test
    void anImageThatDoesNotExistIsNamed() throws Exception {
        Path scenario = write("""
                name: nowhere
                workload:
                  image: {debian: bookworm, packages: [no-such-package-anywhere]}
                  ready: {exit: 0}
                targets: {process: {}}
                """);
        Bench.Outcome outcome = bench.run("run", "--yes", scenario.toString());

        assertEquals(6, outcome.status(), outcome.err());
        assertTrue(outcome.err().contains("no-such-package-anywhere"), outcome.err());
        assertFalse(outcome.err().contains("\tat "), outcome.err());
    }

    @Test
    void anInterruptedRunKeepsWhatItHasAndLeavesNothing() throws Exception {
        Process process = runUnderWay();
        process.destroy();
        assertTrue(process.waitFor(40, TimeUnit.SECONDS), "the run did not end after SIGTERM");

        ResultStore store = new ResultStore(bench.result());
        assertTrue(store.launches().size() >= 5);
        assertTrue(store.read().partial());
        assertTrue(Files.exists(store.directory().resolve("report.html")));
    }

    @Test
    void anInterruptedRunWhoseEngineIsSilentEndsAllTheSameAndLeavesNothing() throws Exception {
        Process process = runUnderWay();
        List<ProcessHandle> engines = process.toHandle()
                .children()
                .filter(child -> child.info().command().orElse("").endsWith("/dockerd"))
                .toList();
        assertEquals(1, engines.size());
        Commands.runOrThrow(
                Duration.ofSeconds(5),
                List.of("kill", "-STOP", Long.toString(engines.get(0).pid())));
        awaitNoLaunchFor(Duration.ofSeconds(2));
        process.destroy();

        assertTrue(process.waitFor(60, TimeUnit.SECONDS), "the run did not end after SIGTERM");
        assertTrue(new ResultStore(bench.result()).read().partial());
    }

    /** Waits until a launch waits for the engine, or a removal does. */
    private void awaitNoLaunchFor(Duration time) throws IOException {
        ResultStore store = new ResultStore(bench.result());
        AtomicInteger seen = new AtomicInteger();
        await().atMost(Duration.ofSeconds(60))
                .during(time)
                .until(() -> store.launches().size(), count -> seen.getAndSet(count) == count);
    }

    /** Starts a run without machines that takes longer than anybody waits, and returns it after a few launches. */
    private Process runUnderWay() throws IOException, InterruptedException {
        Process process = bench.start(
                "run",
                "--yes",
                "--blocks",
                "50",
                "--target",
                "process",
                "--target",
                "container",
                Bench.scenario("startup.yaml").toString());
        bench.awaitLaunches(5);
        return process;
    }

    @Test
    void whatAKilledRunLeftIsRemovedByClean() throws Exception {
        Process process = bench.start(
                "run", "--yes", "--blocks", "50", Bench.scenario("startup.yaml").toString());
        bench.awaitLaunches(4);
        process.destroyForcibly().waitFor();
        assertFalse(Traces.all().isEmpty(), "a killed run leaves something to clean");

        Bench.Outcome outcome = bench.run("clean");

        assertEquals(0, outcome.status(), outcome.err());
        assertTrue(outcome.err().contains("removed what run "), outcome.err());
    }

    private Path write(String scenario) throws IOException {
        Path file = directory.resolve("scenario.yaml");
        Files.writeString(file, scenario);
        return file;
    }
}
