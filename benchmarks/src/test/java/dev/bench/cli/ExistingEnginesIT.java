package dev.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.bench.host.Commands;
import dev.bench.result.Launch;
import dev.bench.result.Result;
import dev.bench.result.ResultStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the same scenario on engines that somebody else started. Needs root, and what {@code bench setup} installs. */
final class ExistingEnginesIT {
    @TempDir
    private Path directory;

    private List<String> rulesBefore = List.of();

    @BeforeEach
    void readTheFirewall() throws Exception {
        rulesBefore = Traces.firewallRules();
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        assertEquals(List.of(), Traces.all());
        assertEquals(rulesBefore, Traces.firewallRules());
    }

    @Test
    void aDockerEngineOfTheHostServes() throws Exception {
        try (ExistingEngine engine = ExistingEngine.docker(engineDirectory())) {
            measures(List.of("process", "container"), "--docker-host", engine.uri());
        }
    }

    @Test
    void aDockerEngineThatKeepsNoLogsServes() throws Exception {
        try (ExistingEngine engine = ExistingEngine.docker(engineDirectory(), "{\"log-driver\": \"none\"}")) {
            LayeredImage.ofBusyBox("sh", "sleep").write(directory.resolve("image.tar"), "/bin/sh");
            Bench.Outcome line = runs(engine, "line", "echo up; exec sleep 60", "{log: '^up$', timeout: 30s}");
            assertEquals(0, line.status(), line.err());
            Bench.Outcome job = runs(engine, "job", "exit 0", "{exit: 0, timeout: 30s}");
            assertEquals(0, job.status(), job.err());
            Bench.Outcome failed = runs(engine, "failed", "echo no such file; exit 3", "{exit: 0, timeout: 30s}");
            assertEquals(6, failed.status(), failed.err());
            assertTrue(failed.err().contains("no such file"), failed.err());
        }
    }

    private Bench.Outcome runs(ExistingEngine engine, String name, String command, String ready) throws Exception {
        Path scenario = Files.writeString(directory.resolve(name + ".yaml"), """
                name: %s
                workload:
                  image: {archive: image.tar}
                  command: [/bin/sh, -c, "%s"]
                  ready: %s
                targets: {container: {}}
                plan: {control: false}
                """.formatted(name, command, ready));
        return new Bench(directory)
                .run("run", "--yes", "--blocks", "1", "--docker-host", engine.uri(), scenario.toString());
    }

    @Test
    void anEngineOfTheHostIsNotEmptiedForBuilds() throws Exception {
        try (ExistingEngine engine = ExistingEngine.docker(engineDirectory())) {
            LayeredImage.ofBusyBox("sh", "cat").write(directory.resolve("image.tar"), "/bin/sh");
            Path service = Files.createDirectories(directory.resolve("service"));
            Files.writeString(service.resolve("Dockerfile"), "ARG BASE\nFROM $BASE\nCOPY file .\n");
            Files.writeString(service.resolve("file"), "content\n");
            Path scenario = Files.writeString(directory.resolve("builds.yaml"), """
                    name: builds
                    measure: build
                    workload:
                      image: {dockerfile: service, base: {archive: image.tar}}
                      ready: {exit: 0}
                    build: {start: false, changes: {file: {append: file}}}
                    targets: {container: {}}
                    plan: {control: false}
                    """);

            Bench.Outcome outcome = new Bench(directory)
                    .run("run", "--yes", "--blocks", "1", "--docker-host", engine.uri(), scenario.toString());

            assertEquals(6, outcome.status(), outcome.err());
            assertTrue(outcome.err().contains("builds are measured with the lab's own engine only"), outcome.err());
            assertTrue(outcome.err().contains("Run it without --docker-host and DOCKER_HOST"), outcome.err());
        }
    }

    @Test
    void aPodmanOfTheHostServes() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/podman")), "Podman is not installed: apt-get install podman");
        try (ExistingEngine engine = ExistingEngine.podman(engineDirectory())) {
            measures(List.of("process", "container"), "--docker-host", engine.uri());
        }
    }

    @Test
    void aLibvirtOfTheHostServes() throws Exception {
        try (ExistingEngine engine = ExistingEngine.libvirt(engineDirectory())) {
            measures(List.of("container", "vm"), "--libvirt-uri", engine.uri());
        }
    }

    @Test
    void anApplicationRunsOnADockerEngineOfTheHost() throws Exception {
        try (ExistingEngine engine = ExistingEngine.docker(engineDirectory())) {
            Commands.runOrThrow(
                    Commands.AT_ONCE, List.of("docker", "--host", engine.uri(), "volume", "create", "theirs"));
            Files.writeString(engine.volume("theirs").resolve("kept"), "");
            String external = "[ -e /theirs/kept ] && rm /theirs/kept && ";
            bringsUpAnApplication(external, "containers: {docker: {}}", "--docker-host", engine.uri());
            assertEquals(List.of("theirs"), engine.volumes());
            assertFalse(Files.exists(engine.volume("theirs").resolve("kept")));
        }
    }

    @Test
    void anApplicationRunsInMachinesOfALibvirtOfTheHost() throws Exception {
        try (ExistingEngine engine = ExistingEngine.libvirt(engineDirectory())) {
            bringsUpAnApplication(
                    "", "each: {libvirt: {}}, one: {libvirt: {machines: one}}", "--libvirt-uri", engine.uri());
        }
    }

    /**
     * The front has its page from a volume, which a job has filled from a bound directory, and shows it by a name.
     *
     * @param first what the job does first, in a volume that the file calls external; empty for a file without one
     */
    private void bringsUpAnApplication(String first, String targets, String... engine) throws Exception {
        LayeredImage.ofBusyBox("sh", "cat", "cp", "rm", "httpd", "wget")
                .write(directory.resolve("small.tar"), "/bin/sh");
        Files.writeString(Files.createDirectories(directory.resolve("given")).resolve("page"), "made by the job\n");
        Files.writeString(directory.resolve("compose.yaml"), """
                services:
                  front:
                    image: small
                    command: sh -c 'wget -qO /srv/page http://back:8000/page && exec httpd -f -p 80 -h /srv'
                    tmpfs: /srv:size=1m
                    depends_on:
                      back: {condition: service_healthy}
                    expose: [80]
                    stop_grace_period: 100ms
                  back:
                    image: small
                    command: httpd -f -p 8000 -h /data
                    volumes: ["data:/data"]
                    expose: [8000]
                    depends_on:
                      job: {condition: service_completed_successfully}
                    healthcheck: {test: [CMD, wget, -qO, /dev/null, 'http://localhost:8000/page'], interval: 1s, retries: 9}
                    stop_grace_period: 100ms
                  job:
                    image: small
                    command: sh -c '%scp /given/page /data/page'
                    volumes: ["data:/data", "./given:/given:ro"%s]
                volumes: {data: %s}
                """.formatted(
                        first,
                        first.isEmpty() ? "" : ", \"theirs:/theirs\"",
                        first.isEmpty() ? "" : ", theirs: {external: true}"));
        Path scenario = Files.writeString(directory.resolve("application.yaml"), """
                name: application
                measure: stack
                workload:
                  compose: compose.yaml
                  front: front
                  images: {small: {archive: small.tar}}
                  ready: {http: {port: 80, path: /page, contains: made by the job}, timeout: 180s}
                limits: {cpus: 1, memory: 96MiB}
                targets: {%s}
                plan: {blocks: 1, warmup_blocks: 0, control: false}
                """.formatted(targets));
        List<String> arguments = new ArrayList<>(List.of("run", "--yes"));
        arguments.addAll(List.of(engine));
        arguments.add(scenario.toString());
        Bench bench = new Bench(directory);

        Bench.Outcome outcome = bench.run(arguments.toArray(String[]::new));

        assertEquals(0, outcome.status(), outcome.err());
        List<Launch> launches = new ResultStore(bench.result()).launches();
        assertEquals(targets.split(", ").length, launches.size());
        assertTrue(launches.stream().allMatch(Launch::ok), outcome.err());
    }

    private Path engineDirectory() throws IOException {
        // A socket's path has 108 characters at most.
        return Files.createTempDirectory("engine");
    }

    private void measures(List<String> targets, String... engine) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("run", "--yes", "--blocks", "2"));
        arguments.addAll(List.of(engine));
        targets.forEach(target -> arguments.addAll(List.of("--target", target)));
        arguments.add(Bench.scenario("startup.yaml").toString());
        Bench bench = new Bench(directory);

        Bench.Outcome outcome = bench.run(arguments.toArray(String[]::new));

        assertEquals(0, outcome.status(), outcome.err());
        ResultStore store = new ResultStore(bench.result());
        Result result = store.read();
        assertEquals(
                targets, result.targets().stream().map(Result.TargetFacts::name).toList());
        assertEquals(
                1,
                result.targets().stream()
                        .map(target -> target.identity().treeDigest())
                        .distinct()
                        .count());
        // Two measured blocks and a discarded one, the reference twice in each.
        assertEquals(3 * (targets.size() + 1), store.launches().size());
        assertTrue(store.launches().stream().allMatch(Launch::ok), outcome.err());
    }
}
