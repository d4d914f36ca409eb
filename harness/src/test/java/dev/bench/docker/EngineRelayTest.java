package dev.bench.docker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
final class EngineRelayTest {
    private static final String PING = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nOK";
    /** A message may be cut by the chunks it comes in. */
    private static final String BUILD = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
            + "Transfer-Encoding: chunked\r\n\r\n"
            + chunk("{\"id\":\"a\"}\r\n{\"id\"")
            + chunk(":\"b\"}\r\n")
            + chunk("{\"errorDetail\":{\"message\":\"no space left here\"}}")
            + chunk("");

    @TempDir
    private Path directory = Path.of("");

    @Test
    void readsEveryMessageOfEveryAnswer() throws IOException {
        List<String> ids = EngineRelay.messages((PING + BUILD + PING + BUILD).getBytes(ISO_8859_1)).stream()
                .map(message -> message.path("id").asText())
                .toList();
        assertEquals(List.of("a", "b", "", "a", "b", ""), ids);
    }

    @Test
    void passesOnWhatItReadsAndTellsOfItOnce() throws IOException {
        Path engine = directory.resolve("engine");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(engine));
            try (EngineRelay relay = EngineRelay.open(engine);
                    SocketChannel client = SocketChannel.open(StandardProtocolFamily.UNIX)) {
                client.connect(UnixDomainSocketAddress.of(relay.socket()));
                client.write(ISO_8859_1.encode("POST /build"));
                client.shutdownOutput();
                try (SocketChannel accepted = server.accept()) {
                    assertEquals("POST /build", all(accepted));
                    accepted.write(ISO_8859_1.encode(BUILD));
                }
                assertEquals(BUILD, all(client));
                List<String> told = new ArrayList<>();
                assertEquals(
                        "no space left here",
                        relay.tell(message -> told.add(message.path("id").asText())));
                assertEquals(List.of("a", "b", ""), told);
                assertEquals("", relay.tell(message -> told.add("again")));
                assertEquals(3, told.size());
            }
        }
    }

    @Test
    void standsInTheWayOnlyOfTheConnectionThatBuildsAreAnsweredOn() throws IOException {
        Path engine = directory.resolve("engine");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(engine));
            try (EngineRelay relay = EngineRelay.open(engine)) {
                // Of the first command line nothing is known.
                assertEquals(List.of(true, true), heard(relay, engine, server, PING + BUILD, PING));
                assertEquals(List.of(true, false), heard(relay, engine, server, PING + BUILD, PING));
                // A command line that has its builds answered elsewhere is heard on every connection from the next on.
                assertEquals(List.of(true, false), heard(relay, engine, server, PING, PING + BUILD));
                assertEquals(List.of(true, true), heard(relay, engine, server, PING, PING + BUILD));
                assertEquals(List.of(true, true), heard(relay, engine, server, PING, PING + BUILD));
            }
        }
    }

    /** Tells of each connection of a command line, opened once the one before was answered, whether it passes the relay. */
    private static List<Boolean> heard(EngineRelay relay, Path engine, ServerSocketChannel server, String... answers)
            throws IOException {
        relay.expect();
        List<Boolean> heard = new ArrayList<>();
        for (String answer : answers) {
            try (SocketChannel client = SocketChannel.open(StandardProtocolFamily.UNIX)) {
                heard.add(!relay.socket().toRealPath().equals(engine.toRealPath()));
                client.connect(UnixDomainSocketAddress.of(relay.socket()));
                client.shutdownOutput();
                try (SocketChannel accepted = server.accept()) {
                    accepted.write(ISO_8859_1.encode(answer));
                }
                assertEquals(answer, all(client));
            }
        }
        relay.tell(message -> {});
        return heard;
    }

    @Test
    void leavesNoSocketBehind() throws IOException {
        EngineRelay relay = EngineRelay.open(directory.resolve("engine"));
        relay.close();
        assertFalse(Files.exists(relay.socket()));
        assertThrows(IOException.class, () -> SocketChannel.open(UnixDomainSocketAddress.of(relay.socket())));
    }

    private static String chunk(String text) {
        return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
    }

    private static String all(SocketChannel channel) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(1 << 12);
        while (channel.read(buffer) >= 0) {
            // until it is closed
        }
        return ISO_8859_1.decode(buffer.flip()).toString();
    }
}
