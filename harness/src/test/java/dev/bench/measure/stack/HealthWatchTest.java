package dev.bench.measure.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.result.FailureKind;
import dev.bench.target.LaunchException;
import dev.bench.target.QuietInstance;
import dev.bench.target.RunningService;
import dev.bench.workload.ConfigOverrides;
import dev.bench.workload.Healthcheck;
import dev.bench.workload.ImageSource;
import dev.bench.workload.Restart;
import dev.bench.workload.Service;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HealthWatchTest {
    private static final Duration NEVER_DUE = Duration.ofHours(1);

    private final Deque<RunningService.Check> checks = new ArrayDeque<>();

    private HealthWatch watch(Duration interval, Duration startPeriod, int retries, List<Integer> ports) {
        Healthcheck healthcheck =
                new Healthcheck(List.of("curl", "x"), interval, Duration.ofSeconds(1), startPeriod, interval, retries);
        Service service = new Service(
                "db",
                new ImageSource.Oci("x"),
                ConfigOverrides.none(),
                List.of(),
                healthcheck,
                List.of(),
                List.of(),
                List.of(),
                null,
                Restart.NEVER,
                Duration.ZERO,
                false);
        return new HealthWatch(service, new Answering(), healthcheck, ports, System.nanoTime());
    }

    private void answers(int... statuses) {
        for (int status : statuses) {
            checks.add(new RunningService.Check(status, "before\nsaid " + status + "\n"));
        }
    }

    @Test
    void asksAtTheIntervalAndFailsWithTheLastWords() throws Exception {
        answers(1, 7);
        HealthWatch watch = watch(Duration.ofMillis(1), Duration.ZERO, 2, List.of());
        awaitDue();
        assertFalse(watch.look());
        awaitDue();
        LaunchException e = assertThrows(LaunchException.class, watch::look);
        assertEquals(FailureKind.TIMEOUT, e.kind());
        assertEquals(
                "the service db is not healthy: its check failed 2 times in a row, the last time with status 7, and said"
                        + " last: said 7. Check its healthcheck in the Compose file, and its log",
                e.getMessage());
    }

    @Test
    void failuresWithinTheStartPeriodDoNotCount() throws Exception {
        answers(1, 1, 1, 0);
        HealthWatch watch = watch(Duration.ofMillis(1), NEVER_DUE, 1, List.of());
        for (int look = 0; look < 3; look++) {
            awaitDue();
            assertFalse(watch.look());
        }
        awaitDue();
        assertTrue(watch.look());
        assertEquals(4, watch.checks());
        assertFalse(watch.passedEarly());
    }

    @Test
    void looksEarlierOnceConnectionsAreAcceptedAndThatDoesNotCount() throws Exception {
        answers(1, 0);
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            HealthWatch watch = watch(NEVER_DUE, Duration.ZERO, 1, List.of(server.getLocalPort()));
            // A connection takes a busy host longer than the watch waits for one.
            while (watch.checks() == 0) {
                assertFalse(watch.look());
                awaitDue();
            }
            assertEquals(1, watch.checks());
            while (!watch.look()) {
                awaitDue();
            }
            assertTrue(watch.passedEarly());
        }
    }

    @Test
    void asksNobodyBeforeItsTimeWhereNothingListens() throws Exception {
        int free;
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            free = server.getLocalPort();
        }
        HealthWatch watch = watch(NEVER_DUE, Duration.ZERO, 1, List.of(free));
        assertFalse(watch.look());
        assertFalse(watch(NEVER_DUE, Duration.ZERO, 1, List.of()).look());
        assertEquals(0, watch.checks());
    }

    @Test
    void tellsChecksThatAskOnTheNetwork() {
        for (String asks :
                List.of("curl -f http://localhost", "pg_isready", "redis-cli ping", "python -c get('https://x')")) {
            assertTrue(HealthWatch.asksNetwork(check(asks)), asks);
        }
        for (String other : List.of("test -e /ready", "cat /curly", "true")) {
            assertFalse(HealthWatch.asksNetwork(check(other)), other);
        }
    }

    private static Healthcheck check(String text) {
        return new Healthcheck(List.of("/bin/sh", "-c", text), NEVER_DUE, NEVER_DUE, NEVER_DUE, NEVER_DUE, 1);
    }

    private static void awaitDue() throws InterruptedException {
        Thread.sleep(2);
    }

    /** Answers checks as the test says. */
    private final class Answering extends QuietInstance implements RunningService {
        @Override
        public Check check(Duration timeout) {
            return checks.remove();
        }
    }
}
