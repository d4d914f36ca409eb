package dev.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.result.Quantile;
import dev.bench.result.ResultStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("timed")
@Timeout(60)
final class LoadGeneratorTest {
    @TempDir
    private Path directory;

    private LoadGenerator generator;

    @BeforeEach
    void create() {
        generator = new LoadGenerator(ResultStore.create(directory), "latency.hlog");
    }

    @AfterEach
    void end() {
        generator.close();
    }

    private static Load load(double rate, int connections, HttpServerStub... servers) {
        List<InetSocketAddress> addresses = new ArrayList<>();
        for (HttpServerStub server : servers) {
            addresses.add(server.address());
        }
        return new Load(
                addresses,
                "/",
                InetAddress::getHostName,
                200,
                connections,
                Duration.ofMillis(50),
                Duration.ofMillis(600),
                rate);
    }

    @Test
    void offersExactlyTheStatedRateAndSpreadsItEvenly() throws Exception {
        try (HttpServerStub one = new HttpServerStub(HttpServerStub.after(0));
                HttpServerStub other = new HttpServerStub(HttpServerStub.after(0))) {
            LoadOutcome outcome = generator.run(load(100, 4, one, other), "even");

            assertEquals(100, outcome.offeredPerSecond(), 2);
            assertEquals(0, outcome.failed() + outcome.unanswered());
            assertEquals(one.requests(), other.requests(), 1);
        }
    }

    @Test
    void aLatencyBeginsWhenTheRequestWasToBegin() throws Exception {
        // One connection that answers 50 times a second is asked 100 times a second: the queue grows to half the
        // window.
        try (HttpServerStub slow = new HttpServerStub(HttpServerStub.after(20))) {
            LoadOutcome outcome = generator.run(load(100, 1, slow), "slow");

            double response = at(outcome.response(), 99);
            double service = at(outcome.service(), 50);
            assertTrue(response > 200, "p99 from the intended start " + response);
            assertTrue(service < response / 3, "service " + service + " forgets the queue, response " + response);
            assertTrue(outcome.answeredPerSecond() < 60, "answered " + outcome.answeredPerSecond());
            assertFalse(outcome.clientBound(), "the server was slow, not the client");
        }
    }

    @Test
    void theClosedLoopAsksAgainWhenItHasItsAnswer() throws Exception {
        try (HttpServerStub server = new HttpServerStub(HttpServerStub.after(5))) {
            LoadOutcome outcome = generator.run(load(0, 3, server), "closed");

            assertEquals(3, server.connections());
            assertTrue(outcome.answered() > 50, "answered " + outcome.answered());
            assertTrue(outcome.answeredPerSecond() <= 600, "three at a time, five milliseconds each");
            assertEquals(outcome.answeredPerSecond(), outcome.offeredPerSecond());
            assertEquals(0, outcome.lagMs());
        }
    }

    @Test
    void wrongAnswersAreFailuresAndNoSamples() throws Exception {
        try (HttpServerStub server = new HttpServerStub(number -> "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n")) {
            LoadOutcome outcome = generator.run(load(50, 2, server), "wrong");

            assertEquals(0, outcome.answered());
            assertTrue(outcome.failed() >= 29, "failed " + outcome.failed());
            assertEquals(List.of(), outcome.response());
        }
    }

    @Test
    void connectionsThatTheServerEndsAreMadeAnew() throws Exception {
        try (HttpServerStub polite = new HttpServerStub(number -> "HTTP/1.1 200 OK\r\n"
                + (number % 3 == 0 ? "Connection: close\r\n" : "") + "Content-Length: 0\r\n\r\n")) {
            LoadOutcome outcome = generator.run(load(100, 2, polite), "polite");

            assertEquals(0, outcome.failed() + outcome.unanswered());
            assertTrue(polite.connections() > 10, "connections " + polite.connections());
        }
        try (HttpServerStub rude =
                new HttpServerStub(number -> number % 5 == 0 ? "" : "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")) {
            LoadOutcome open = generator.run(load(100, 2, rude), "rude");
            LoadOutcome closed = generator.run(load(0, 2, rude), "rude-closed");

            assertTrue(open.failed() >= 9 && open.failed() <= 15, "a fifth of 60, seen " + open.failed());
            assertTrue(open.answered() > 40, "the others are answered: " + open.answered());
            assertTrue(closed.failed() > 5 && closed.answered() > 20, closed.toString());
        }
    }

    @Test
    void aServerOfHttp10ClosesBehindEveryAnswerAndNoRequestFailsByIt() throws Exception {
        try (HttpServerStub old = new HttpServerStub(
                        number -> "HTTP/1.0 200 OK\r\n" + (number % 2 == 0 ? "Content-Length: 2\r\n" : "") + "\r\nok");
                HttpServerStub kept = new HttpServerStub(
                        number -> "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nok")) {
            LoadOutcome open = generator.run(load(100, 2, old), "old");
            LoadOutcome closed = generator.run(load(0, 2, old), "old-closed");
            LoadOutcome reused = generator.run(load(100, 2, kept), "kept");

            assertEquals(0, open.failed() + open.unanswered() + closed.failed(), open + " " + closed);
            assertTrue(closed.answered() > 20, closed.toString());
            assertEquals(0, reused.failed() + reused.unanswered());
            assertEquals(2, kept.connections());
        }
    }

    @Test
    void sendsEveryServerItsOwnHost() throws Exception {
        try (HttpServerStub server = new HttpServerStub(HttpServerStub.after(0))) {
            Load load = new Load(
                    List.of(server.address()),
                    "/",
                    address -> "app.example:" + server.address().getPort(),
                    200,
                    1,
                    Duration.ZERO,
                    Duration.ofMillis(100),
                    20);
            generator.run(load, "host");

            assertEquals(Set.of("Host: app.example:" + server.address().getPort()), server.hosts());
        }
    }

    @Test
    void whatIsNeverAnsweredHasTakenAtLeastUntilTheEnd() throws Exception {
        try (HttpServerStub server = new HttpServerStub(HttpServerStub.after(30_000))) {
            LoadOutcome outcome = generator.run(load(20, 1, server), "silent");

            assertEquals(0, outcome.answered());
            assertTrue(outcome.unanswered() >= 11, "unanswered " + outcome.unanswered());
            assertTrue(at(outcome.response(), 50) > 1_000, "latency " + outcome.response());
        }
    }

    @Test
    void aServerThatIsNotThereIsSaidAtOnce() throws Exception {
        InetSocketAddress nobody;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = new InetSocketAddress(InetAddress.getLoopbackAddress(), socket.getLocalPort());
        }
        Load load = new Load(
                List.of(nobody), "/", InetAddress::getHostName, 200, 1, Duration.ZERO, Duration.ofSeconds(1), 0);
        assertThrows(IOException.class, () -> generator.run(load, "nobody"));
    }

    @Test
    void aStopEndsALoadEarly() throws Exception {
        try (HttpServerStub server = new HttpServerStub(HttpServerStub.after(1))) {
            Load load = new Load(
                    List.of(server.address()),
                    "/",
                    InetAddress::getHostName,
                    200,
                    1,
                    Duration.ZERO,
                    Duration.ofMinutes(10),
                    0);
            Thread stopper = new Thread(() -> {
                while (server.requests() < 5) {
                    Thread.onSpinWait();
                }
                generator.stop();
            });
            stopper.start();
            generator.run(load, "stopped");
            stopper.join();
        }
    }

    @Test
    void keepsTaggedHistogramsThatOthersCanRead() throws Exception {
        try (HttpServerStub server = new HttpServerStub(HttpServerStub.after(0))) {
            LoadOutcome outcome = generator.run(load(100, 2, server), "vm.2.100/s each");
            generator.run(load(100, 2, server), "vm.1");

            List<String> tags = new ArrayList<>();
            Path file = directory.resolve("latency.hlog");
            assertEquals(1, Files.readString(file).split("HistogramLogVersion|log format version", -1).length - 1);
            try (HistogramLogReader reader = new HistogramLogReader(file.toFile())) {
                for (EncodableHistogram histogram = reader.nextIntervalHistogram();
                        histogram != null;
                        histogram = reader.nextIntervalHistogram()) {
                    tags.add(histogram.getTag());
                    if (tags.size() == 1) {
                        assertEquals(
                                at(outcome.response(), 100),
                                histogram.getMaxValueAsDouble() / 1e6,
                                0.01,
                                "the maximum");
                    }
                }
            }
            assertEquals(
                    List.of("vm.2.100/s_each.response", "vm.2.100/s_each.service", "vm.1.response", "vm.1.service"),
                    tags);
        }
    }

    @Test
    void aClientWithoutIdleTimeOrOnItsOwnLateIsTheBottleneck() {
        assertTrue(LoadGenerator.isClientBound(0.9, 0, 10));
        assertFalse(LoadGenerator.isClientBound(0.89, 0, 10));
        assertTrue(LoadGenerator.isClientBound(0.1, 3, 10), "3 of 10 ms are its own");
        assertFalse(LoadGenerator.isClientBound(0.1, 2.4, 10), "a quarter may be");
        assertFalse(LoadGenerator.isClientBound(0.1, 1.9, 2), "so may two milliseconds");
    }

    @Test
    void smallHostsAreNotDividedAndLargeOnesGiveTheClientItsOwnProcessors() {
        assertEquals("", Affinity.of(2, LoadGenerator.loops(2)).others());
        assertEquals("0-2", Affinity.of(4, LoadGenerator.loops(4)).others());
        assertEquals("0-11", Affinity.of(16, LoadGenerator.loops(16)).others());
        assertEquals("0-119", Affinity.of(128, LoadGenerator.loops(128)).others());
    }

    private static double at(List<Quantile> quantiles, double percentile) {
        return quantiles.stream()
                .filter(quantile -> quantile.percentile() == percentile)
                .findFirst()
                .orElseThrow()
                .ms();
    }
}
