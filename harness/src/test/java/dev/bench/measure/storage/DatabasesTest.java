package dev.bench.measure.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.result.Quantile;
import dev.bench.target.LaunchException;
import dev.bench.workload.ImageSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DatabasesTest {
    /** As pgbench 15 says it, with the marks and the counts that the script adds. */
    private static final String PGBENCH = """
            said pgbench (15.20 (Debian 15.20-0+deb12u1))
            said transaction type: <builtin: TPC-B (sort of)>
            said duration: 2 s
            said number of transactions actually processed: 4
            said number of failed transactions: %d (0.000%%)
            said latency average = 1.750 ms
            said initial connection time = 7.056 ms
            said tps = 571.428571 (without initial connection time)
                  3 1000
                  1 4000
            """;

    /** As redis-benchmark 7.0 writes it. */
    private static final String REDIS = """
            "test","rps","avg_latency_ms","min_latency_ms","p50_latency_ms","p95_latency_ms","p99_latency_ms","max_latency_ms"
            "SET","4524.89","0.215","0.120","0.159","0.367","1.575","3.807"
            """;

    private static StorageSettings settings(Duration runtime, StorageJob... jobs) {
        return new StorageSettings(Arrays.asList(jobs), 4L << 20, runtime, 10, 500, true, false);
    }

    @Test
    void readsPgbenchsOwnRateAndTheLatencyOfEveryTransaction() throws IOException {
        ClientRun run = ClientRun.ofPgbench(PGBENCH.formatted(0));

        assertEquals(4, run.operations());
        assertEquals(571.428571, run.perSecond());
        assertEquals(7, run.millis(), 1e-5);
        assertEquals(Map.of(1_000_000L, 3L, 4_000_000L, 1L), run.counts());
        assertEquals(
                "1 transactions failed",
                assertThrows(IOException.class, () -> ClientRun.ofPgbench(PGBENCH.formatted(1)))
                        .getMessage());
        assertThrows(IOException.class, () -> ClientRun.ofPgbench("said nothing of use\n"));
    }

    @Test
    void readsRedisBenchmarksFiguresByTheirHeading() throws IOException {
        ClientRun run = ClientRun.ofRedis(REDIS, 500);

        assertEquals(500, run.operations());
        assertEquals(4524.89, run.perSecond());
        assertEquals(
                List.of(
                        new Quantile(50, 0.159),
                        new Quantile(95, 0.367),
                        new Quantile(99, 1.575),
                        new Quantile(100, 3.807)),
                run.quantiles());
        assertThrows(IOException.class, () -> ClientRun.ofRedis("Could not connect\n", 500));
    }

    @Test
    void theRateAndTheTailOfADatabaseAreValues() {
        Map<String, Double> values = StorageValues.of(
                Map.of(),
                List.of(
                        new StorageRecord.Job("postgres", 4, 0, 7, List.of(new Quantile(99, 4))),
                        new StorageRecord.Job("redis", 500, 0, 250, List.of(new Quantile(99, 1.5)))));

        assertEquals(4 / 0.007, values.get("storage.postgres_tps"), 1e-9);
        assertEquals(4, values.get("storage.postgres_p99_ms"));
        assertEquals(2000, values.get("storage.redis_per_s"), 1e-9);
        assertEquals(1.5, values.get("storage.redis_p99_ms"));
        assertEquals(4, values.size());
    }

    @Test
    void aServerThatDoesNotStartIsToldInItsOwnWords() {
        assertEquals(
                "PostgreSQL failed: initdb: error: cannot be run as root. Check limits.memory and what the place can"
                        + " hold; the log has all it said",
                failure("postgres", """
                        initdb: error: cannot be run as root
                        initdb: hint: Please log in (using, e.g., "su") as the (unprivileged) user
                        """));
        assertTrue(failure("postgres", """
                        pgbench: error: connection to server at "127.0.0.1", port 5432 failed: Connection refused
                        2026-11-28 11:10:04.046 UTC [38] LOG:  starting PostgreSQL 15.20
                        2026-11-28 11:10:04.053 UTC [38] PANIC:  could not write to file "pg_wal/xlogtemp.41": No space left
                        """)
                .startsWith("PostgreSQL failed: 2026-11-28 11:10:04.053 UTC [38] PANIC:  could not write"));
        assertTrue(failure("postgres", """
                        pgbench: error: query failed: server closed the connection unexpectedly
                        2026-11-28 11:44:15.046 UTC [38] LOG:  server process (PID 61) was terminated by signal 9: Killed
                        2026-11-28 11:44:15.047 UTC [38] FATAL:  the database system is in recovery mode
                        """)
                .contains("server process (PID 61) was terminated by signal 9: Killed. Check limits.memory"));
        assertTrue(failure("redis", """
                        69:M 28 Nov 2026 11:10:06.729 # WARNING Memory overcommit must be enabled!
                        69:M 28 Nov 2026 11:10:06.736 # Can't open the append-only file: Permission denied
                        """)
                .startsWith("Redis failed: 69:M 28 Nov 2026 11:10:06.736 # Can't open the append-only"));
        assertTrue(failure("redis", "").startsWith("Redis failed: it did not say why. "));
    }

    private static String failure(String job, String said) {
        Conversation conversation = new Conversation(() -> {});
        conversation.receive(
                ("@bench begin " + job + "\n@bench output " + job + " 1\n" + said + "@bench end " + job + "\n")
                        .getBytes(StandardCharsets.UTF_8));
        assertTrue(conversation.isDone());
        return String.valueOf(assertThrows(LaunchException.class, conversation::requireSuccess)
                .getMessage());
    }

    @Test
    void theImageHasWhatTheJobsNeedAndNothingElse() {
        assertEquals(List.of("fio"), packages(settings(Duration.ofSeconds(1), StorageJob.READ, StorageJob.FILES)));
        assertEquals(
                List.of("fio", "postgresql-15", "redis-server"),
                packages(
                        settings(Duration.ofSeconds(1), StorageJob.SYNC_WRITE, StorageJob.POSTGRES, StorageJob.REDIS)));
        assertEquals(List.of("redis-server"), packages(settings(Duration.ofSeconds(1), StorageJob.REDIS)));
    }

    private static List<String> packages(StorageSettings settings) {
        return ((ImageSource.Debian)
                        new Storage().workload(settings).orElseThrow().image())
                .packages();
    }

    @Test
    void theScriptHasOnlyTheDatabasesThatAreAskedForAndLastsAsLongAsItIsTold() {
        String both = script(settings(Duration.ofMillis(1200), StorageJob.POSTGRES, StorageJob.REDIS));
        assertTrue(both.contains("--time=2 ") && both.contains("--sampling-rate=1.0 "), both);
        assertTrue(both.contains("--appendfsync always") && both.contains(" -n 500 "), both);
        assertTrue(both.endsWith("serve postgres\nserve redis\nsay done\n"), both);
        // Half of what two minutes bring has room in memory.
        assertTrue(script(settings(Duration.ofMinutes(2), StorageJob.POSTGRES)).contains("--sampling-rate=0.5 "));
        assertFalse(script(settings(Duration.ofSeconds(1), StorageJob.POSTGRES)).contains("redis"));
        assertFalse(script(settings(Duration.ofSeconds(1), StorageJob.READ)).contains("setpriv"));
    }

    private static String script(StorageSettings settings) {
        return JobScript.argv(settings, false, null).get(2);
    }

    @Test
    void aPlaceHoldsTheFileAndTheLargerDatabase() {
        assertEquals(4L << 20, settings(Duration.ofSeconds(1), StorageJob.READ).placeBytes());
        assertEquals(
                (4L << 20) + 500 * 64,
                settings(Duration.ofSeconds(1), StorageJob.REDIS).placeBytes());
        assertEquals(
                132L << 20,
                settings(Duration.ofSeconds(1), StorageJob.POSTGRES, StorageJob.REDIS)
                        .placeBytes());
        assertEquals(
                1540L << 20,
                settings(Duration.ofMinutes(10), StorageJob.POSTGRES).placeBytes());
    }
}
