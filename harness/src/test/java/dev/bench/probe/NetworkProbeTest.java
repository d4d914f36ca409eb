package dev.bench.probe;

import static dev.bench.probe.LoopbackServer.answer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.result.FailureKind;
import dev.bench.result.PhaseName;
import dev.bench.target.LaunchException;
import dev.bench.target.PhaseRecorder;
import dev.bench.workload.Readiness;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class NetworkProbeTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final String REQUEST_END = "\r\n\r\n";

    private final PhaseRecorder phases = new PhaseRecorder();
    private final FakeInstance instance = new FakeInstance();

    @Test
    void isReadyAtTheFirstByteOfAnAnswerThatComesInPieces() throws Exception {
        AtomicLong before = new AtomicLong();
        AtomicLong afterFirst = new AtomicLong();
        LoopbackServer.Conversation slow = (input, output) -> {
            LoopbackServer.readUntil(input, REQUEST_END);
            before.set(System.nanoTime());
            output.write("H".getBytes(StandardCharsets.US_ASCII));
            Thread.sleep(200);
            afterFirst.set(System.nanoTime());
            output.write("TTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        };
        try (LoopbackServer server = new LoopbackServer(slow)) {
            long ready = await(http(server, 200, "", LONG));

            assertTrue(ready - before.get() >= 0, "before the answer was sent");
            assertTrue(afterFirst.get() - ready > 0, "not at the first byte");
            assertEquals(1, server.connections());
        }
    }

    @Test
    void whatIsSaidInAdvanceIsNoAnswer() throws Exception {
        AtomicLong answered = new AtomicLong();
        LoopbackServer.Conversation hinting = (input, output) -> {
            LoopbackServer.readUntil(input, REQUEST_END);
            output.write("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            Thread.sleep(100);
            answered.set(System.nanoTime());
            output.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        };
        try (LoopbackServer server = new LoopbackServer(hinting)) {
            long ready = await(http(server, 200, "", LONG));

            assertTrue(ready - answered.get() >= 0, "the interim answer counted");
        }
    }

    @Test
    void waitsForTheTextInABodyThatComesSlowly() throws Exception {
        try (LoopbackServer server = new LoopbackServer(
                answer(REQUEST_END, 100, "HTTP/1.1 200 OK\r\nX: y\r\n", "\r\nall is re", "ady", " now"))) {
            await(http(server, 200, "ready now", LONG));

            assertEquals(1, server.connections());
        }
    }

    @Test
    void asksAgainAfterAWrongStatus() throws Exception {
        AtomicLong second = new AtomicLong();
        try (LoopbackServer server = new LoopbackServer(
                answer(REQUEST_END, 0, "HTTP/1.1 503 Service Unavailable\r\n\r\n"), (input, output) -> {
                    second.set(System.nanoTime());
                    answer(REQUEST_END, 0, "HTTP/1.1 200 OK\r\n\r\n").hold(input, output);
                })) {
            long ready = await(http(server, 200, "", LONG));

            assertTrue(ready - second.get() > 0, "the answer of status 503 counted");
            assertEquals(2, server.connections());
        }
    }

    @Test
    void asksAgainWhereTheServerHangsUp() throws Exception {
        try (LoopbackServer server = new LoopbackServer(
                answer(REQUEST_END, 0),
                answer(REQUEST_END, 0, "HTTP/1.1 200 "),
                answer(REQUEST_END, 0, "HTTP/1.1 200 OK\r\n\r\n"))) {
            await(http(server, 200, "", LONG));

            assertEquals(3, server.connections());
        }
    }

    @Test
    void findsTheTextInTheBodyOnly() throws Exception {
        try (LoopbackServer server =
                new LoopbackServer(answer(REQUEST_END, 0, "HTTP/1.1 200 OK\r\nX-State: ready\r\n\r\nstarting"))) {
            LaunchException failure =
                    assertThrows(LaunchException.class, () -> await(http(server, 200, "ready", SHORT)));

            assertEquals(FailureKind.TIMEOUT, failure.kind());
            String message = String.valueOf(failure.getMessage());
            assertTrue(message.contains("HTTP on port " + server.port()), message);
            assertTrue(message.contains("within 0.3 s"), message);
            assertTrue(message.contains("last seen: the answer 'HTTP/1.1 200 OK'"), message);
        }
    }

    @Test
    void asksForThePathOnTheConnectionsOwnHost() throws Exception {
        CompletableFuture<String> request = new CompletableFuture<>();
        try (LoopbackServer server = new LoopbackServer((input, output) -> {
            request.complete(LoopbackServer.readUntil(input, REQUEST_END));
            output.write("HTTP/1.1 204 No Content\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        })) {
            await(new Readiness.Http(server.port(), "/health?deep=1", 204, "", "", LONG));

            String text = request.get(5, TimeUnit.SECONDS);
            assertTrue(
                    text.startsWith(
                            "GET /health?deep=1 HTTP/1.1\r\nHost: 127.0.0.1:" + server.port() + "\r\nUser-Agent: "),
                    text);
        }
    }

    @Test
    void namesTheHostAsAnAddressInAUrlUnlessTheScenarioNamesOne() throws Exception {
        InetAddress four = InetAddress.getByName("198.18.0.7");
        InetAddress six = InetAddress.getByName("fd00::1");

        assertEquals("198.18.0.7", new Readiness.Http(80, "/", 200, "", "", LONG).hostOf(four));
        assertEquals("198.18.0.7:8080", new Readiness.Http(8080, "/", 200, "", "", LONG).hostOf(four));
        assertEquals("[fd00:0:0:0:0:0:0:1]:81", new Readiness.Http(81, "/", 200, "", "", LONG).hostOf(six));
        assertEquals("app.example", new Readiness.Http(8080, "/", 200, "", "app.example", LONG).hostOf(four));
    }

    @Test
    void findsTheTextAcrossTheEdgeOfTwoChunks() throws Exception {
        try (LoopbackServer server = new LoopbackServer(answer(
                REQUEST_END,
                0,
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nrrea\r\n2\r\ndy\r\n0\r\n\r\n"))) {
            await(http(server, 200, "ready", LONG));

            assertEquals(1, server.connections());
        }
    }

    @Test
    void findsTheTextBehindMoreThanItKeeps() throws Exception {
        try (LoopbackServer server = new LoopbackServer(
                answer(REQUEST_END, 0, "HTTP/1.1 200 OK\r\n\r\n", "x".repeat(300_000), "rea", "dy"))) {
            await(http(server, 200, "ready", LONG));

            assertEquals(1, server.connections());
        }
    }

    @Test
    void asksAgainWhereAWholeBodyLacksTheTextThoughTheServerKeepsTheConnection() throws Exception {
        try (LoopbackServer server = new LoopbackServer(
                (input, output) -> {
                    answer(REQUEST_END, 0, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nno")
                            .hold(input, output);
                    assertEquals(-1, input.read(), "the prober waits for what will not come");
                },
                answer(REQUEST_END, 0, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nready"))) {
            await(http(server, 200, "ready", LONG));

            assertEquals(2, server.connections());
        }
    }

    @Test
    void waitsForAnAnswerThatTakesLongerThanItsPatience() throws Exception {
        // One at a time: the second request waits behind the first, whose answer must not have been dropped.
        try (LoopbackServer server = new LoopbackServer((input, output) -> {
            LoopbackServer.readUntil(input, REQUEST_END);
            Thread.sleep(3_000);
            output.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        })) {
            long begin = System.nanoTime();
            Duration taken = Duration.ofNanos(await(http(server, 200, "", LONG)) - begin);

            assertTrue(taken.toSeconds() >= 3 && taken.toSeconds() < 6, "ready by the second answer: " + taken);
        }
    }

    @Test
    void asksAgainBesideARequestThatTheServerForgot() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread forgetful = new Thread(() -> {
                try (Socket forgotten = server.accept();
                        Socket remembered = server.accept()) {
                    answer(REQUEST_END, 0, "HTTP/1.1 200 OK\r\n\r\n")
                            .hold(remembered.getInputStream(), remembered.getOutputStream());
                    forgotten.getInputStream().readAllBytes();
                } catch (IOException | InterruptedException e) {
                    // The assertion tells.
                }
            });
            forgetful.start();
            await(new Readiness.Http(server.getLocalPort(), "/", 200, "", "", LONG));

            forgetful.join(5_000);
            assertFalse(forgetful.isAlive(), "the forgotten request was not ended with the session");
        }
    }

    @Test
    void takesExpectedBytesThatAreSplitOverSegments() throws Exception {
        CompletableFuture<String> sent = new CompletableFuture<>();
        String greeting = new String("grüß 220".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        try (LoopbackServer server = new LoopbackServer((input, output) -> {
            sent.complete(LoopbackServer.readUntil(input, "\n"));
            for (char value : (greeting + " and more").toCharArray()) {
                output.write(value);
                output.flush();
                Thread.sleep(3);
            }
        })) {
            await(new Readiness.Tcp(server.port(), "hello\n", "grüß 220", LONG));

            assertEquals("hello\n", sent.get(5, TimeUnit.SECONDS));
            assertEquals(1, server.connections());
        }
    }

    @Tag("timed")
    @Test
    void takesNoOtherBytesAndNoPartOfTheExpectedOnes() throws Exception {
        try (LoopbackServer server =
                new LoopbackServer((input, output) -> output.write('x'), (input, output) -> output.write('2'))) {
            LaunchException failure = assertThrows(
                    LaunchException.class, () -> await(new Readiness.Tcp(server.port(), "", "220", SHORT)));

            assertEquals(FailureKind.TIMEOUT, failure.kind());
            assertTrue(server.connections() > 2, "asked " + server.connections() + " times");
        }
    }

    @Test
    void waitsUntilRedisHasLoaded() throws Exception {
        try (LoopbackServer server = new LoopbackServer(
                answer("PING\r\n", 0, "-LOADING Redis is loading the dataset in memory\r\n"),
                answer("PING\r\n", 20, "+PO", "NG\r\n"))) {
            await(new Readiness.Redis(server.port(), LONG));

            assertEquals(2, server.connections());
        }
    }

    @Test
    void waitsUntilPostgresHasStarted() throws Exception {
        CompletableFuture<byte[]> question = new CompletableFuture<>();
        try (LoopbackServer server = new LoopbackServer(
                (input, output) -> {
                    question.complete(startup(input));
                    byte[] error = PostgresMessages.error("57P03", "the database system is starting up");
                    for (byte value : error) {
                        output.write(value);
                        output.flush();
                        Thread.sleep(1);
                    }
                },
                (input, output) -> {
                    startup(input);
                    output.write(PostgresMessages.authenticationOk());
                })) {
            await(new Readiness.Postgres(server.port(), "me", "mine", LONG));

            assertEquals(2, server.connections());
            assertEquals(
                    "\0\3\0\0user\0me\0database\0mine\0\0",
                    new String(question.get(5, TimeUnit.SECONDS), StandardCharsets.UTF_8));
        }
    }

    @Test
    void givesUpAtTheDeadlineWhereNobodyListens() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        long begin = System.nanoTime();
        LaunchException failure =
                assertThrows(LaunchException.class, () -> await(new Readiness.Http(port, "/", 200, "", "", SHORT)));
        Duration taken = Duration.ofNanos(System.nanoTime() - begin);

        assertEquals(FailureKind.TIMEOUT, failure.kind());
        assertTrue(String.valueOf(failure.getMessage()).contains("refused"), failure.getMessage());
        assertTrue(taken.compareTo(SHORT) >= 0 && taken.compareTo(Duration.ofSeconds(5)) < 0, taken.toString());
    }

    @Test
    void givesUpAtTheDeadlineWhereTheAnswerNeverEnds() throws Exception {
        try (LoopbackServer server = new LoopbackServer((input, output) -> {
            LoopbackServer.readUntil(input, REQUEST_END);
            output.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            while (true) {
                output.write('.');
                output.flush();
                Thread.sleep(5);
            }
        })) {
            LaunchException failure =
                    assertThrows(LaunchException.class, () -> await(http(server, 200, "ready", SHORT)));

            assertEquals(FailureKind.TIMEOUT, failure.kind());
        }
    }

    @Test
    void noticesAWorkloadThatEndsBeforeItIsReady() throws Exception {
        try (LoopbackServer server =
                new LoopbackServer(answer(REQUEST_END, 0, "HTTP/1.1 500 Internal Server Error\r\n\r\n"))) {
            instance.end(3, System.nanoTime());
            LaunchException failure = assertThrows(LaunchException.class, () -> await(http(server, 200, "", LONG)));

            assertEquals(FailureKind.EXITED, failure.kind());
            assertTrue(String.valueOf(failure.getMessage()).contains("status 3"), failure.getMessage());
        }
    }

    @Test
    void asksNothingBeforeTheWorkloadRuns() throws Exception {
        try (LoopbackServer server = new LoopbackServer(answer(REQUEST_END, 0, "HTTP/1.1 200 OK\r\n\r\n"));
                ProbeSession session = new ReadinessProbe(http(server, 200, "", LONG))
                        .prepare(new Watched(InetAddress.getLoopbackAddress(), phases, true, false))) {
            session.begin();
            phases.mark(PhaseName.STARTED);
            Awaitility.await().during(Duration.ofMillis(150)).until(() -> server.connections() == 0);

            phases.mark(PhaseName.EXEC);
            session.await(instance);
            assertEquals(1, server.connections());
        }
    }

    @Test
    void asksFromTheStartOnWhereNobodyAnnouncesTheWorkload() throws Exception {
        try (LoopbackServer server = new LoopbackServer(answer(REQUEST_END, 0, "HTTP/1.1 200 OK\r\n\r\n"));
                ProbeSession session = new ReadinessProbe(http(server, 200, "", LONG))
                        .prepare(new Watched(InetAddress.getLoopbackAddress(), phases, false, false))) {
            session.begin();
            Awaitility.await().during(Duration.ofMillis(50)).until(() -> server.connections() == 0);

            phases.mark(PhaseName.STARTED);
            session.await(instance);
            assertEquals(1, server.connections());
        }
    }

    @Test
    void asksNoMoreOnceClosed() throws Exception {
        try (LoopbackServer server = new LoopbackServer(answer(REQUEST_END, 0, "HTTP/1.1 503 Not Yet\r\n\r\n"))) {
            assertThrows(LaunchException.class, () -> await(http(server, 200, "", SHORT)));
            // One may have been under way as the asking ended.
            AtomicInteger asked = new AtomicInteger();
            Awaitility.await()
                    .during(Duration.ofMillis(100))
                    .until(() -> asked.getAndSet(server.connections()) == server.connections());
        }
    }

    private static Readiness http(LoopbackServer server, int status, String contains, Duration timeout) {
        return new Readiness.Http(server.port(), "/", status, contains, "", timeout);
    }

    /** Waits as a launch does, and returns the moment of readiness. */
    private long await(Readiness readiness) throws LaunchException {
        try (ProbeSession session = new ReadinessProbe(readiness)
                .prepare(new Watched(InetAddress.getLoopbackAddress(), phases, true, false))) {
            session.begin();
            phases.mark(PhaseName.EXEC);
            session.await(instance);
        }
        return phases.at(PhaseName.READY).orElseThrow();
    }

    /** Reads a start-up message and returns it without its length. */
    private static byte[] startup(InputStream input) throws IOException {
        byte[] length = input.readNBytes(4);
        return input.readNBytes((length[2] & 0xff) * 256 + (length[3] & 0xff) - 4);
    }
}
