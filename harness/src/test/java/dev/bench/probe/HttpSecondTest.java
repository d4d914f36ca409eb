package dev.bench.probe;

import static dev.bench.probe.LoopbackServer.answer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.bench.workload.Readiness;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Asks servers that are ready once more, and once more on the same connection. */
@Timeout(30)
final class HttpSecondTest {
    private static final String REQUEST_END = "\r\n\r\n";
    private static final int DELAY_MILLIS = 100;

    @Tag("timed")
    @Test
    void aServerThatKeepsTheConnectionIsAskedTwiceOnIt() throws Exception {
        List<Integer> ports = new CopyOnWriteArrayList<>();
        List<String> headers = new CopyOnWriteArrayList<>();
        HttpServer server = server(ports, headers, false);
        try {
            SecondAnswer second =
                    ask(server.getAddress().getPort(), "all is ready").orElseThrow();

            assertEquals(2, ports.size(), "requests");
            assertEquals(1, ports.stream().distinct().count(), "connections");
            assertEquals(List.of("none", "none"), headers, "Connection");
            assertTrue(millis(second.secondNanos()) >= DELAY_MILLIS, second.toString());
            double kept = millis(second.keptNanos().orElseThrow());
            assertTrue(kept >= DELAY_MILLIS && kept < 10 * DELAY_MILLIS, second.toString());
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aServerThatClosesIsAskedOnceOnly() throws Exception {
        List<Integer> ports = new CopyOnWriteArrayList<>();
        HttpServer server = server(ports, new CopyOnWriteArrayList<>(), true);
        try {
            SecondAnswer second = ask(server.getAddress().getPort(), "").orElseThrow();

            assertEquals(1, ports.size());
            assertEquals(OptionalLong.empty(), second.keptNanos());
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aServerOfHttp10HasASecondAnswerAndNoKeptConnection() throws Exception {
        try (LoopbackServer server =
                new LoopbackServer(answer(REQUEST_END, 0, "HTTP/1.0 200 OK\r\n\r\nall is ready"))) {
            SecondAnswer second = ask(server.port(), "ready").orElseThrow();

            assertEquals(OptionalLong.empty(), second.keptNanos());
            assertEquals(1, server.connections());
        }
    }

    @Test
    void aServerThatPromisesToKeepTheConnectionAndClosesItHasASecondAnswerAllTheSame() throws Exception {
        try (LoopbackServer server =
                new LoopbackServer(answer(REQUEST_END, 0, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"))) {
            SecondAnswer second = ask(server.port(), "").orElseThrow();

            assertEquals(OptionalLong.empty(), second.keptNanos());
        }
    }

    @Test
    void anAnswerThatIsNotTheCorrectOneIsNoSecondAnswer() throws Exception {
        try (LoopbackServer server =
                new LoopbackServer(answer(REQUEST_END, 0, "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n"))) {
            assertEquals(Optional.empty(), ask(server.port(), ""));
        }
        try (LoopbackServer server =
                new LoopbackServer(answer(REQUEST_END, 0, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nno"))) {
            assertEquals(Optional.empty(), ask(server.port(), "ready"));
        }
        int nobody;
        try (LoopbackServer server = new LoopbackServer(answer(REQUEST_END, 0))) {
            nobody = server.port();
        }
        assertEquals(Optional.empty(), ask(nobody, ""));
    }

    @Test
    void theSecondAnswerCountsFromItsFirstByteAndABodyWithoutEndIsLeft() throws Exception {
        AtomicInteger pieces = new AtomicInteger();
        try (LoopbackServer server = new LoopbackServer((input, output) -> {
            LoopbackServer.readUntil(input, REQUEST_END);
            output.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            while (pieces.incrementAndGet() < 400) {
                output.write("1\r\n.\r\n".getBytes(StandardCharsets.US_ASCII));
                output.flush();
                Thread.sleep(DELAY_MILLIS / 2);
            }
        })) {
            long begin = System.nanoTime();
            SecondAnswer second = ask(server.port(), "").orElseThrow();

            assertTrue(millis(second.secondNanos()) < 500, second.toString());
            assertFalse(second.keptNanos().isPresent());
            assertTrue(millis(System.nanoTime() - begin) < 5_000, "the body was read on and on");
        }
    }

    @Test
    void onlyHttpIsAskedAgain() {
        InetAddress address = InetAddress.getLoopbackAddress();
        Duration within = Duration.ofSeconds(1);

        assertEquals(Optional.empty(), new ReadinessProbe(new Readiness.Exit(0, within)).askAgain(address));
        assertEquals(Optional.empty(), new ReadinessProbe(new Readiness.Redis(1, within)).askAgain(address));
    }

    private static Optional<SecondAnswer> ask(int port, String contains) {
        return new ReadinessProbe(new Readiness.Http(port, "/", 200, contains, "", Duration.ofSeconds(5)))
                .askAgain(InetAddress.getLoopbackAddress());
    }

    private static double millis(long nanos) {
        return nanos / 1e6;
    }

    /** Starts the server of the JDK, which answers after a while. */
    private static HttpServer server(List<Integer> ports, List<String> headers, boolean closing) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            ports.add(exchange.getRemoteAddress().getPort());
            headers.add(Optional.ofNullable(exchange.getRequestHeaders().getFirst("Connection"))
                    .orElse("none"));
            LockSupport.parkNanos(DELAY_MILLIS * 1_100_000L);
            if (closing) {
                exchange.getResponseHeaders().set("Connection", "close");
            }
            byte[] body = "all is ready".getBytes(StandardCharsets.US_ASCII);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return server;
    }
}
