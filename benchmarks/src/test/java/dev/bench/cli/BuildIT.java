package dev.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.host.Commands;
import dev.bench.measure.build.BuildRecord;
import dev.bench.result.Launch;
import dev.bench.result.ResultStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Measures builds with real builders. Needs root, and what {@code bench setup} installs. */
@ExtendWith(NothingIsLeft.class)
class BuildIT {
    private static final String RUN = "RUN cat dependencies.txt dependencies.txt >installed.txt";

    private static final String SCENARIO = """
            name: build-it
            measure: build
            workload:
              image: {dockerfile: service, base: {archive: base.tar}}
              ready: {log: {pattern: hello}, timeout: 3m}
            build:
              changes:
                source: {append: message.txt, text: more}
                dependencies: {append: dependencies.txt, text: more}
            targets:
            %s
            plan: {blocks: 1, control: false}
            """;

    @TempDir
    private Path directory;

    @BeforeEach
    void makeService() throws IOException {
        LayeredImage.ofBusyBox("sh", "cat", "echo").write(directory.resolve("base.tar"), "/bin/sh");
        Path service = Files.createDirectories(directory.resolve("service"));
        Files.writeString(service.resolve("message.txt"), "hello\n");
        Files.writeString(service.resolve("dependencies.txt"), "one\n");
        Files.writeString(service.resolve("Dockerfile"), """
                ARG BASE
                FROM $BASE
                WORKDIR /srv
                COPY dependencies.txt .
                %s
                COPY . .
                CMD ["cat", "/srv/message.txt"]
                """.formatted(RUN));
        Files.writeString(
                service.resolve("Dockerfile.fails"),
                "ARG BASE\nFROM $BASE\n\nRUN echo first; echo no such thing; false\nCOPY . .\n");
        Files.writeString(service.resolve("Dockerfile.fills"), "ARG BASE\nFROM $BASE\nRUN cat /dev/zero >big\n");
        Files.writeString(service.resolve("Dockerfile.nowhere"), "FROM bench.invalid/nowhere:1\nCOPY . .\n");
    }

    private Bench.Outcome run(Bench bench, String... targets) throws IOException, InterruptedException {
        return bench.run("run", "--yes", scenario(targets));
    }

    private String scenario(String... targets) throws IOException {
        Path scenario = directory.resolve("build-it.yaml");
        Files.writeString(
                scenario, SCENARIO.formatted(String.join("\n", targets).indent(2)));
        return scenario.toString();
    }

    @Test
    void everyBuilderRunsWhatAChangeReachesAndNothingElse() throws Exception {
        Bench bench = new Bench(directory);
        Bench.Outcome outcome = run(
                bench,
                "buildkit: {docker: {}}",
                "classic: {docker: {builder: classic}}",
                "buildah: {docker: {builder: buildah}}",
                "vm: {libvirt: {}}");
        assertEquals(0, outcome.status(), outcome.err());
        ResultStore store = new ResultStore(bench.result());
        Set<String> seen = new TreeSet<>();
        for (Launch launch : store.launches()) {
            assertTrue(launch.ok(), launch.toString());
            assertFigures(launch);
            seen.add(launch.target());
        }
        assertEquals(Set.of("buildkit", "classic", "buildah", "vm"), seen);
        List<BuildRecord> builds = store.details(BuildRecord.FILE);
        // Four targets, four builds, a measured block and a discarded one.
        assertEquals(4 * 4 * 2, builds.size());
        builds.forEach(BuildIT::assertSteps);
        assertEquals("hello\n", Files.readString(directory.resolve("service/message.txt")));
    }

    private static void assertFigures(Launch launch) {
        for (String name : List.of("cold_ms", "unchanged_ms", "change_ms", "change_ms.dependencies", "new_mib")) {
            assertTrue(launch.values().getOrDefault("build." + name, 0.0) > 0, name + " of " + launch);
        }
        assertTrue(
                launch.values().get("build.to_ready_ms") > launch.values().get("build.change_ms"), launch.toString());
        boolean layered = !launch.target().equals("vm");
        assertEquals(layered, launch.values().containsKey("build.layers_reused"), launch.toString());
        if (layered) {
            assertTrue(
                    launch.values().get("build.layers_reused")
                            > launch.values().get("build.layers_reused.dependencies"),
                    launch.toString());
        }
    }

    private static void assertSteps(BuildRecord build) {
        BuildRecord.Step run = build.steps().stream()
                .filter(step -> step.text().equals(RUN))
                .findFirst()
                .orElseThrow();
        boolean reached =
                build.kind().equals(BuildRecord.COLD) || build.change().equals("dependencies");
        assertEquals(!reached, run.cached(), build.toString());
        assertEquals(5, run.line());
        List<String> parts = build.parts().stream().map(BuildRecord.Part::name).toList();
        boolean disk = build.target().equals("vm") && !build.kind().equals(BuildRecord.UNCHANGED);
        assertEquals(disk, parts.containsAll(List.of("flatten", "disk")), build.toString());
    }

    @Test
    void saysWhichStepFailedWhereAndWhatItWrote() throws Exception {
        Bench.Outcome outcome = run(
                new Bench(directory),
                "buildkit: {docker: {dockerfile: Dockerfile.fails}}",
                "classic: {docker: {builder: classic, dockerfile: Dockerfile.fails}}",
                "buildah: {docker: {builder: buildah, dockerfile: Dockerfile.fails}}",
                "vm: {libvirt: {dockerfile: Dockerfile.fails}}");
        assertEquals(6, outcome.status(), outcome.err());
        for (String target : List.of("buildkit", "classic", "buildah", "vm")) {
            assertTrue(
                    outcome.err()
                            .lines()
                            .anyMatch(line -> line.startsWith("target " + target + " was given up: ")
                                    && line.contains("Dockerfile.fails:4, RUN echo first; echo no such thing; false")
                                    && line.contains("It last wrote: first | no such thing")),
                    outcome.err());
        }
    }

    @Test
    void saysThatTheDiskIsFullAlthoughTheBuilderHasGivenItsSpaceBack() throws Exception {
        Path cache = Files.createDirectory(directory.resolve("cache"));
        Commands.runOrThrow(
                Commands.AT_ONCE, List.of("mount", "-t", "tmpfs", "-o", "size=600m", "tmpfs", cache.toString()));
        try {
            Bench.Outcome outcome = new Bench(directory)
                    .run(
                            "run",
                            "--yes",
                            "--cache",
                            cache.toString(),
                            scenario("classic: {docker: {builder: classic, dockerfile: Dockerfile.fills}}"));
            assertEquals(5, outcome.status(), outcome.err());
            assertTrue(outcome.err().contains("Dockerfile.fills:3, RUN cat /dev/zero >big"), outcome.err());
            assertTrue(outcome.err().contains("the disk is full: " + cache + ": No space left"), outcome.err());
        } finally {
            Commands.runOrThrow(Commands.AT_ONCE, List.of("umount", cache.toString()));
        }
    }

    @Test
    void saysThatABaseIsNowhere() throws Exception {
        Bench.Outcome outcome = run(new Bench(directory), "buildkit: {docker: {dockerfile: Dockerfile.nowhere}}");
        assertEquals(6, outcome.status(), outcome.err());
        assertTrue(outcome.err().contains("cannot pull bench.invalid/nowhere:1"), outcome.err());
        assertTrue(outcome.err().contains("workload.image.base"), outcome.err());
        assertFalse(outcome.err().contains("\tat "), outcome.err());
    }
}
