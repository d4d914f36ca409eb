package dev.bench.cli;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.measure.storage.PersistenceRecord;
import dev.bench.measure.storage.StorageRecord;
import dev.bench.result.Launch;
import dev.bench.result.ResultStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Measures storage with real engines and fio. Needs root, and what {@code bench setup} installs. */
class StorageIT {
    private static final String SCENARIO = """
            name: storage-it
            measure: storage
            storage: {jobs: [%s], size: 2MiB, runtime: 200ms, files: 5, requests: 50, fresh: %s}
            limits: {memory: 512MiB}
            targets:
            %s
            plan: {blocks: 1, warmup_blocks: 0, control: false}
            """;

    private static final List<String> KEPT_ALWAYS = List.of("kept", "kept", "kept", "kept");

    @TempDir
    private Path directory;

    @AfterEach
    void nothingIsLeft() throws IOException {
        assertEquals(List.of(), Traces.all());
        assertEquals(List.of(), volumes());
    }

    private static List<String> volumes() throws IOException {
        try (Stream<Path> volumes = Files.list(Path.of("/var/cache/bench/docker/volumes"))) {
            return volumes.map(volume -> volume.getFileName().toString())
                    .filter(name -> name.startsWith("bench-"))
                    .toList();
        }
    }

    private Bench.Outcome run(Bench bench, String jobs, boolean fresh, String... targets)
            throws IOException, InterruptedException {
        return bench.run("run", "--yes", scenario(jobs, fresh, targets));
    }

    private String scenario(String jobs, boolean fresh, String... targets) throws IOException {
        return Files.writeString(
                        directory.resolve("storage-it.yaml"),
                        SCENARIO.formatted(
                                jobs, fresh, String.join("\n", targets).indent(2)))
                .toString();
    }

    @Test
    void everyPlaceIsMeasuredAndKeepsWhatItIsKnownToKeep() throws Exception {
        Bench bench = new Bench(directory);
        Bench.Outcome outcome = run(
                bench,
                "sync_write, random_read, write, read, files, first_write",
                false,
                "layer: {docker: {place: layer}}",
                "volume: {docker: {place: volume}}",
                "tmpfs: {docker: {place: tmpfs}}",
                "directory: {process: {place: directory}}",
                "disk: {libvirt: {place: disk, format: qcow2}}");
        assertEquals(0, outcome.status(), outcome.err());
        ResultStore store = new ResultStore(bench.result());
        for (Launch launch : store.launches()) {
            assertTrue(launch.ok(), launch.toString());
            boolean root = launch.target().equals("layer");
            assertEquals(root ? 11 : 10, launch.values().size(), launch.toString());
            launch.values().forEach((metric, value) -> assertTrue(value > 0, metric + " of " + launch));
        }
        List<StorageRecord> trials = store.details(StorageRecord.FILE);
        assertEquals(5, trials.size());
        assertTrue(trials.stream()
                .flatMap(trial -> trial.jobs().stream())
                .noneMatch(job -> job.latency().isEmpty()));
        assertEquals(
                new TreeMap<>(Map.of(
                        "layer", List.of("kept", "kept", "lost", "lost"),
                        "volume", KEPT_ALWAYS,
                        "tmpfs", List.of("lost", "lost", "lost", "lost"),
                        "directory", KEPT_ALWAYS,
                        "disk", List.of("kept", "kept", "kept", "lost"))),
                new TreeMap<>(kept(store.details(PersistenceRecord.FILE))));
        Bench.Outcome verified = bench.run("verify", bench.result().toString());
        assertEquals(0, verified.status(), verified.out() + verified.err());
    }

    private static Map<String, List<String>> kept(List<PersistenceRecord> records) {
        return records.stream()
                .collect(Collectors.groupingBy(
                        PersistenceRecord::target,
                        LinkedHashMap::new,
                        Collectors.mapping(
                                record -> record.kept() == null
                                        ? record.event() + ": " + record.reason()
                                        : record.kept() ? "kept" : "lost",
                                Collectors.toList())));
    }

    /** A database is as picky about its directory as programs get; on fresh file systems, whose devices must go. */
    @Test
    void databasesRunInFreshPlacesWithTheirOwnersAndNothingOfThemIsLeft() throws Exception {
        Bench bench = new Bench(directory);
        Bench.Outcome outcome = run(
                bench,
                "postgres, redis",
                true,
                "volume: {docker: {place: volume}}",
                "directory: {process: {place: directory}}",
                "disk: {libvirt: {place: disk}}");
        assertEquals(0, outcome.status(), outcome.err());
        ResultStore store = new ResultStore(bench.result());
        for (Launch launch : store.launches()) {
            assertTrue(launch.ok(), launch.toString());
            assertTrue(
                    launch.values()
                            .keySet()
                            .containsAll(Set.of(
                                    "storage.postgres_tps",
                                    "storage.postgres_p99_ms",
                                    "storage.redis_per_s",
                                    "storage.redis_p99_ms")),
                    launch.toString());
            launch.values().forEach((metric, value) -> assertTrue(value > 0, metric + " of " + launch));
        }
        assertEquals(
                Set.of("volume", "directory"),
                store.details(PersistenceRecord.FILE).stream()
                        .filter(record -> record.place().contains("an ext4 on a loop device made for the trial"))
                        .map(PersistenceRecord::target)
                        .collect(Collectors.toSet()));
        assertEquals(
                KEPT_ALWAYS, kept(store.details(PersistenceRecord.FILE)).get("volume"), "a new engine sees it too");
    }

    /** Nobody unmounts what a killed run mounted, and the kernel keeps a device until nothing has it mounted. */
    @Test
    void theFreshPlaceOfAKilledRunIsGoneOnceItIsCleanedUp() throws Exception {
        Bench bench = new Bench(directory);
        Process run = bench.start("run", "--yes", scenario("sync_write", true, "volume: {docker: {place: volume}}"));
        await().atMost(5, TimeUnit.MINUTES).until(() -> !Traces.loopDevices().isEmpty());
        run.destroyForcibly().waitFor();
        Bench.Outcome cleaned = bench.run("clean");
        assertEquals(0, cleaned.status(), cleaned.err());
        // The kernel detaches a device a moment after its last mount.
        await().atMost(10, TimeUnit.SECONDS).until(() -> Traces.loopDevices().isEmpty());
    }

    @Test
    void refusesAnImageWithoutFio() throws Exception {
        LayeredImage.ofBusyBox("sh").write(directory.resolve("bare.tar"), "/bin/sh");
        Path scenario = directory.resolve("bare.yaml");
        Files.writeString(
                scenario,
                "name: bare\nmeasure: storage\nworkload: {image: {archive: bare.tar}}\ntargets: {process: {}}\n");
        Bench.Outcome outcome = new Bench(directory).run("run", "--yes", scenario.toString());
        assertEquals(6, outcome.status(), outcome.err());
        assertTrue(outcome.err().contains("it has no fio, which measure: storage starts"), outcome.err());
        assertFalse(outcome.err().contains("\tat "), outcome.err());
    }
}
