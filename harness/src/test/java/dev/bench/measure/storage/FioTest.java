package dev.bench.measure.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.image.TreeManifest;
import dev.bench.result.FailureKind;
import dev.bench.result.Quantile;
import dev.bench.target.LaunchException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FioTest {
    /** As fio 3.33 writes it with json+, cut to what is read. */
    private static final String SYNC_WRITE = """
            {"fio version": "fio-3.33", "jobs": [{"jobname": "sync_write", "error": 0,
              "read": {"io_bytes": 0, "total_ios": 0, "clat_ns": {"mean": 0.0}},
              "write": {"io_bytes": 12288, "total_ios": 3, "runtime": 6, "iops": 500.0,
                "clat_ns": {"mean": 20000.0, "bins": {"10000": 1, "25000": 2}}},
              "sync": {"total_ios": 3, "lat_ns": {"mean": 2000000.0, "bins": {"1000000": 2, "4000000": 1}}}}]}
            """;

    private static final String CALLS = """
            {"jobs": [{"read": {"io_bytes": 8192, "total_ios": 2, "runtime": 7, "iops": 285.7,
              "clat_ns": {"mean": 50000.0, "bins": {"50000": 2}}}, "sync": {"total_ios": 0}}]}
            """;

    @TempDir
    private Path directory;

    private static StorageSettings settings(boolean dropped, StorageJob... jobs) {
        return new StorageSettings(Arrays.asList(jobs), 4L << 20, Duration.ofMillis(200), 10, 500, dropped, false);
    }

    private static String script(StorageSettings settings, boolean paused) {
        return JobScript.argv(settings, paused, new TreeManifest.SizedFile("/lib/large.so", 10_000))
                .get(2);
    }

    @Test
    void readsRatesAndBothLatenciesOfAJob() throws IOException {
        FioJob job = FioJob.parse(SYNC_WRITE);

        assertEquals(3, job.operations());
        assertEquals(12288, job.bytes());
        assertEquals(500, job.perSecond());
        assertEquals(Map.of(10_000L, 1L, 25_000L, 2L), job.latency().counts());
        assertEquals(Map.of(1_000_000L, 2L, 4_000_000L, 1L), job.sync().counts());
        assertThrows(IOException.class, () -> FioJob.parse("{\"jobs\": [{}]}"));
        assertThrows(IOException.class, () -> FioJob.parse("fio: no such thing"));
    }

    @Test
    void callsCountByTheTimeSpentInThemAndTheFirstWriteByAllOfItsParts() throws IOException {
        Map<String, FioJob> jobs = new LinkedHashMap<>();
        jobs.put("sync_write", FioJob.parse(SYNC_WRITE));
        jobs.put("create", FioJob.parse(CALLS));
        jobs.put("first_open", FioJob.parse(CALLS));
        jobs.put("first_write", FioJob.parse(SYNC_WRITE));
        Map<String, Double> values = StorageValues.of(
                jobs,
                List.of(new StorageRecord.Job(
                        "sync_write", 3, 12288, 6, List.of(new Quantile(50, 1), new Quantile(99, 4)))));

        assertEquals(500, values.get("storage.sync_write_iops"));
        assertEquals(4, values.get("storage.sync_write_p99_ms"));
        assertEquals(20_000, values.get("storage.create_per_s"), 1e-6);
        assertEquals(0.05 + 0.02 + 2, values.get("storage.first_write_ms"), 1e-9);
        assertFalse(values.containsKey("storage.read_mibs"));
    }

    @Test
    void theHostIsWaitedForWhereItHasPagesAndTheFileIsReadBeforeWhereTheyAreKept() {
        assertTrue(script(settings(true, StorageJob.READ), true).contains("say drop; sleep 0.5"));
        assertFalse(script(settings(true, StorageJob.READ), false).contains("say drop"));
        assertTrue(script(settings(true, StorageJob.READ), false).contains("--invalidate=1"));
        String kept = script(settings(false, StorageJob.READ), true);
        assertTrue(kept.contains("cat /bench/data") && kept.contains("--invalidate=0"), kept);
        assertFalse(script(settings(true, StorageJob.WRITE), true).contains("say drop"));
    }

    @Test
    void theFirstWriteIsToTheLastWholeBlockOfTheLargestFile() throws IOException {
        String script = script(settings(true, StorageJob.FIRST_WRITE), false);
        assertTrue(script.contains("--offset=4096 --filename='/lib/large.so'"), script);
        assertFalse(JobScript.argv(settings(true, StorageJob.FIRST_WRITE), false, null)
                .get(2)
                .contains("first_open"));

        Files.createDirectories(directory.resolve("lib"));
        Files.write(directory.resolve("lib/large.so"), new byte[10_000]);
        Files.write(directory.resolve("odd 'name"), new byte[20_000]);
        Files.write(directory.resolve("lib/small"), new byte[10]);
        Path manifest = Files.writeString(
                directory.resolve("manifest"), TreeManifest.of(directory).text());
        assertEquals(new TreeManifest.SizedFile("/lib/large.so", 10_000), StorageProcedure.largest(manifest));
    }

    @Test
    void followsAScriptWhateverPiecesItsWordsComeIn() throws Exception {
        AtomicInteger drops = new AtomicInteger();
        Conversation conversation = new Conversation(drops::incrementAndGet);
        String said =
                "noise\n@bench drop\n@bench begin read\r\nmore noise\n@bench output read 0\r\n{\n}\n@bench end read\n"
                        + "@bench done\n";
        for (byte next : said.getBytes(StandardCharsets.UTF_8)) {
            conversation.receive(new byte[] {next});
        }

        assertEquals(1, drops.get());
        assertTrue(conversation.awaitDone(1));
        assertEquals(Map.of("read", "{\n}\n"), conversation.found());
        conversation.requireSuccess();
    }

    @Test
    void aJobThatFailsIsToldInFiosOwnWords() {
        Conversation conversation = new Conversation(() -> {});
        conversation.receive("""
                @bench begin write
                @bench output write 1
                fio: io_u error on file /bench/data: No space left on device: write offset=0
                @bench end write
                """.getBytes(StandardCharsets.UTF_8));

        assertTrue(conversation.isDone());
        LaunchException failure = assertThrows(LaunchException.class, conversation::requireSuccess);
        assertEquals(FailureKind.EXITED, failure.kind());
        assertTrue(
                String.valueOf(failure.getMessage())
                        .startsWith("fio failed at write: fio: io_u error on file /bench/data: No"),
                failure.getMessage());
    }
}
