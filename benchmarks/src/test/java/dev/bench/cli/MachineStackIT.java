package dev.bench.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.result.Launch;
import dev.bench.result.ResultStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Brings a small application up and down in real machines. Needs root, and what {@code bench setup} installs. */
@ExtendWith(NothingIsLeft.class)
class MachineStackIT {
    private static final String SCENARIO = """
            name: machine-stack-it
            measure: stack
            workload:
              compose: compose.yaml
              front: front
              images: {small: {archive: small.tar}}
              ready: {http: {port: 80, path: /page, contains: made by the job}, timeout: 120s}
            %s
            limits: {cpus: 1, memory: 96MiB}
            targets: {%s}
            plan: {blocks: 1, warmup_blocks: %d, control: false}
            """;

    /**
     * The front fetches its page by an alias from the service behind, which has it from a volume that a job has filled; it
     * fails the first time, and finds that out when it is started again; it works in a mount. The service behind runs as a
     * user who may write to its own volume because its image's directory lets him, and finds there, once it is changed, what
     * it wrote before. The job writes to a directory of the host too.
     */
    private static final String COMPOSE = """
            services:
              front:
                image: small
                command: sh -c 'test -e /again || { echo x >/again; exit 7; }; wget -qO page http://behind:8000/page && exec httpd -f -p 80 -h /srv'
                working_dir: /srv
                tmpfs: /srv:size=1m
                depends_on:
                  back: {condition: service_healthy}
                expose: [80]
                restart: on-failure
                stop_grace_period: 100ms
              back:
                image: small
                user: "1000"
                working_dir: /made/by/the/engine
                command: sh -c 'test "$$PWD" = /made/by/the/engine || exit 8; test ! -e /bench-changed || test -e /kept/mark || exit 9; echo x >/kept/mark; exec httpd -f -p 8000 -h /data'
                volumes: ["data:/data:ro", "kept:/kept"]
                environment: {WORD: heard}
                networks: {default: {aliases: [behind]}}
                expose: [%d]
                depends_on:
                  job: {condition: service_completed_successfully}
                healthcheck: {test: ["CMD-SHELL", %s], interval: 1s, timeout: 5s, retries: 2}
                stop_grace_period: 100ms
              job:
                image: small
                command: [sh, -c, 'cat /run/secrets/s >/data/page; echo "by $$(hostname)" >>/out/said']
                volumes: ["data:/data", "./out:/out"]
                secrets: [s]
            volumes: {data: , kept: }
            secrets: {s: {file: secret.txt}}
            """;

    private static final String PASSES =
            "'test $$(id -u) = 1000 && test $$WORD = heard && test $$(hostname) = back && pidof httpd && wget -qO-"
                    + " http://localhost:8000/page'";

    @TempDir
    private Path directory;

    @BeforeEach
    void makeFiles() throws IOException {
        LayeredImage.ofBusyBox("sh", "cat", "hostname", "httpd", "id", "pidof", "test", "wget")
                .add(new LayeredImage.Layer()
                        .directory("kept", 0777)
                        .file("kept/given", "by the image\n".getBytes(UTF_8)))
                .write(directory.resolve("small.tar"), "/bin/sh");
        Files.writeString(directory.resolve("secret.txt"), "made by the job\n");
        Files.createDirectory(directory.resolve("out"));
    }

    private Bench.Outcome run(Bench bench, int port, String check, String change, String targets, int discarded)
            throws IOException, InterruptedException {
        Files.writeString(directory.resolve("compose.yaml"), COMPOSE.formatted(port, check));
        Path scenario = directory.resolve("machine-stack-it.yaml");
        Files.writeString(scenario, SCENARIO.formatted(change, targets, discarded));
        return bench.run("run", "--yes", scenario.toString());
    }

    @Test
    void servicesRunInAMachineEachAndAllInOne() throws Exception {
        Bench bench = new Bench(directory);
        Bench.Outcome outcome = run(
                bench,
                8000,
                PASSES,
                "stack: {change: back}",
                "each: {libvirt: {}}, one: {libvirt: {machines: one}}",
                0);
        assertEquals(0, outcome.status(), outcome.err());
        List<Launch> launches = new ResultStore(bench.result()).launches();
        assertEquals(2, launches.size());
        for (Launch launch : launches) {
            assertTrue(launch.ok(), launch.toString());
            assertTrue(launch.values().containsKey("stack.change_ms"), launch.toString());
        }
        assertEquals(
                List.of("by job", "by job"),
                Files.readAllLines(directory.resolve("out").resolve("said")));
    }

    @Test
    void aCheckThatFailsShowsWhatItSaidLast() throws Exception {
        Bench.Outcome outcome =
                run(new Bench(directory), 8000, "'echo no page; exit 3'", "", "one: {libvirt: {machines: one}}", 1);
        assertEquals(6, outcome.status(), outcome.err());
        assertTrue(
                outcome.err()
                        .contains(
                                "the service back is not healthy: its check failed 2 times in a row, the last time with"
                                        + " status 3, and said last: no page"),
                outcome.err());
    }

    @Test
    void twoServicesOnOnePortAreRefusedBeforeAnythingStarts() throws Exception {
        Bench.Outcome outcome =
                run(new Bench(directory), 80, PASSES, "", "each: {libvirt: {}}, one: {libvirt: {machines: one}}", 0);
        assertEquals(2, outcome.status(), outcome.err());
        assertTrue(
                outcome.err()
                        .contains(
                                "machine-stack-it.yaml:10:58: targets.one.libvirt.machines: the services back and front"
                                        + " listen on the same port, 80"),
                outcome.err());
        assertFalse(outcome.err().contains("starting the lab"), outcome.err());
    }
}
