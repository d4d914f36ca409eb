package dev.bench.cli;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.measure.stack.StackRecord;
import dev.bench.result.Launch;
import dev.bench.result.ResultStore;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Brings a small application up and down on real engines. Needs root, and what {@code bench setup} installs. */
@ExtendWith(NothingIsLeft.class)
class StackIT {
    private static final String SCENARIO = """
            name: stack-it
            measure: stack
            workload:
              compose: compose.yaml
              front: front
              images: {small: {archive: small.tar}}
              ready: {http: {port: 80, path: /index.html, contains: made by the job}, timeout: 60s}
            stack: {change: back, load: {connections: 2, duration: 500ms, path: /index.html, rate: 50/s}}
            targets: {containers: {docker: {}}}
            plan: {blocks: 1, control: false}
            """;

    /**
     * The front fetches its page from the service behind, by an alias, and that from a volume which a job has filled. It works
     * in a mount, the service behind in a directory that its image lacks, and the job where its image does not say.
     */
    private static final String COMPOSE = """
            services:
              front:
                image: small
                command: sh -c 'wget -qO index.html http://behind:8000/page && exec httpd -f -p 80 -h /srv'
                working_dir: /srv
                stop_signal: SIGKILL
                tmpfs: /srv:size=1m
                depends_on:
                  back: {condition: service_healthy}
                restart: on-failure
              back:
                image: small
                command: sh -c 'test "$$PWD" = /made/by/the/engine && exec httpd -f -p 8000 -h /data'
                working_dir: /made/by/the/engine
                stop_signal: SIGKILL
                volumes: ["data:/data:ro"]
                networks: {default: {aliases: [behind]}}
                expose: [8000]
                depends_on:
                  job: {condition: service_completed_successfully}
                healthcheck: {test: [CMD, %s], interval: 1s, retries: 2}
              job:
                image: small
                command: [sh, -c, 'test "$$WORD$$PWD" = job/ && cat /run/secrets/s >/data/page']
                environment: {WORD: "${NONE:-job}"}
                volumes: ["data:/data"]
                secrets: [s]
            volumes: {data: }
            secrets: {s: {file: secret.txt}}
            """;

    private static final String PASSES = "wget, -qO, /dev/null, 'http://localhost:8000/page'";

    @TempDir
    private Path directory;

    @BeforeEach
    void makeFiles() throws IOException {
        LayeredImage.ofBusyBox("sh", "cat", "httpd", "test", "wget").write(directory.resolve("small.tar"), "/bin/sh");
        Files.writeString(directory.resolve("secret.txt"), "made by the job\n");
        Files.writeString(directory.resolve("stack-it.yaml"), SCENARIO);
    }

    private Bench.Outcome run(String healthcheck) throws IOException, InterruptedException {
        Files.writeString(directory.resolve("compose.yaml"), COMPOSE.formatted(healthcheck));
        return new Bench(directory)
                .run("run", "--yes", directory.resolve("stack-it.yaml").toString());
    }

    @Test
    void servicesComeUpInTheirOrderAnswerAndGo() throws Exception {
        Bench.Outcome outcome = run(PASSES);
        assertEquals(0, outcome.status(), outcome.err());
        ResultStore store = new ResultStore(new Bench(directory).result());
        for (Launch launch : store.launches()) {
            assertTrue(launch.ok(), launch.toString());
            for (String name : List.of("answer_ms", "ready_ms", "down_ms", "change_ms", "memory_mib")) {
                assertTrue(launch.values().getOrDefault("stack." + name, 0.0) > 0, name + " of " + launch);
            }
        }
        List<StackRecord> records = store.details(StackRecord.FILE);
        assertEquals(2, records.size());
        for (int trial = 0; trial < records.size(); trial++) {
            StackRecord record = records.get(trial);
            assertOrder(record);
            assertEquals(2, record.loads().size(), record.toString());
            record.loads().forEach(load -> assertTrue(load.answered() > 0 && load.failed() == 0, record.toString()));
            Launch launch = store.launches().get(trial);
            assertEquals(
                    record.loads().stream().map(load -> !load.clientBound()).toList(),
                    List.of(
                            launch.values().containsKey("stack.requests_per_s"),
                            launch.values().containsKey("stack.latency_ms")),
                    launch + " of " + record);
            double parts =
                    record.path().stream().mapToDouble(StackRecord.PathPart::ms).sum();
            assertEquals(record.upMs(), parts, 0.05 * record.upMs(), record.toString());
        }
    }

    private static void assertOrder(StackRecord record) {
        assertEquals(
                List.of("job", "back", "front"),
                record.services().stream().map(StackRecord.ServiceTimes::name).toList());
        StackRecord.ServiceTimes job = record.services().get(0);
        StackRecord.ServiceTimes back = record.services().get(1);
        StackRecord.ServiceTimes front = record.services().get(2);
        assertTrue(job.completedMs() != null && back.requestedMs() >= job.completedMs(), record.toString());
        assertTrue(back.healthyMs() != null && front.requestedMs() >= back.healthyMs(), record.toString());
        // The answer may be there before the engine reports the start.
        assertEquals(
                List.of("job starts", "job completes", "back starts", "back gets healthy", "front starts"),
                record.path().stream()
                        .filter(part -> !part.isAnswer())
                        .map(part -> part.service() + " " + part.what())
                        .toList());
    }

    @Test
    void whatAKilledRunLeftInTheEnginesDataIsRemovedByClean() throws Exception {
        Files.writeString(directory.resolve("compose.yaml"), COMPOSE.formatted(PASSES));
        Bench bench = new Bench(directory);
        Process process = bench.start(
                "run",
                "--yes",
                "--blocks",
                "20",
                directory.resolve("stack-it.yaml").toString());
        await().atMost(2, TimeUnit.MINUTES)
                .pollInterval(20, TimeUnit.MILLISECONDS)
                .failFast(() -> !process.isAlive())
                .until(() -> kept("containers", "*") && kept("volumes", "bench-*"));
        process.destroyForcibly().waitFor();

        Bench.Outcome outcome = bench.run("clean");

        assertEquals(0, outcome.status(), outcome.err());
        assertTrue(outcome.err().contains("left in the data of a private engine"), outcome.err());
        assertFalse(kept("containers", "*") || kept("volumes", "bench-*"));
        assertTrue(bench.run("clean").err().contains("no dead run has left anything"));
    }

    private static boolean kept(String kind, String name) throws IOException {
        Path directory = Path.of("/var/cache/bench/docker", kind);
        if (!Files.isDirectory(directory)) {
            return false;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, name)) {
            return entries.iterator().hasNext();
        }
    }

    @Test
    void aVolumeThatOnlySomebodyElseCanHaveIsRefusedBeforeAnythingStarts() throws Exception {
        Files.writeString(
                directory.resolve("compose.yaml"),
                COMPOSE.formatted(PASSES).replace("volumes: {data: }", "volumes: {data: {external: true}}"));
        Bench.Outcome outcome = new Bench(directory)
                .run("run", "--yes", directory.resolve("stack-it.yaml").toString());

        assertEquals(2, outcome.status(), outcome.err());
        assertTrue(
                outcome.err()
                        .contains("the volume data is external, and containers has no volumes but those that a trial"
                                + " makes: name an existing engine, with --docker-host"),
                outcome.err());
        assertTrue(Files.notExists(directory.resolve("results")));
    }

    @Test
    void aServiceThatNeverIsHealthyIsNamedWithWhatItsCheckSaidLast() throws Exception {
        Bench.Outcome outcome = run("sh, -c, 'echo no page; exit 3'");
        assertEquals(6, outcome.status(), outcome.err());
        assertTrue(
                outcome.err()
                        .contains(
                                "the service back is not healthy: its check failed 2 times in a row, the last time with"
                                        + " status 3, and said last: no page"),
                outcome.err());
    }
}
