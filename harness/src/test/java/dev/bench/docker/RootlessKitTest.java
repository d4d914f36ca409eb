package dev.bench.docker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RootlessKitTest {
    @TempDir
    private Path directory = Path.of("");

    private String ask(String... parts) throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(RootlessKit.socket(directory)));
            for (String part : parts) {
                channel.write(ByteBuffer.wrap(part.getBytes(StandardCharsets.US_ASCII)));
            }
            return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void anEngineHearsThatNobodyPublishesItsPorts() throws Exception {
        try (RootlessKit rootlessKit = RootlessKit.in(directory)) {
            String answer = ask("GET /v1/in", "fo HTTP/1.1\r\nHost: rootlesskit\r\n", "\r\n");

            String body = answer.substring(answer.indexOf("\r\n\r\n") + 4);
            assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
            assertTrue(answer.contains("Content-Length: " + body.length() + "\r\n"), answer);
            JsonNode info = new ObjectMapper().readTree(body);
            assertEquals(directory.toString(), info.get("stateDir").asText());
            assertEquals(ProcessHandle.current().pid(), info.get("childPID").asLong());
            assertFalse(info.has("portDriver"), "one that is named is asked to publish");
        }
    }

    @Test
    void whatNoEngineAsksIsNotFoundAndTheNextIsAnswered() throws Exception {
        try (RootlessKit rootlessKit = RootlessKit.in(directory)) {
            assertTrue(ask("POST /v1/ports HTTP/1.1\r\n\r\n").startsWith("HTTP/1.1 404 "));
            assertTrue(ask("GET /v1/info HTTP/1.1\r\n\r\n").startsWith("HTTP/1.1 200 "));
        }
    }

    @Test
    void nothingIsLeftOfItOnceItIsClosed() throws Exception {
        RootlessKit.in(directory).close();

        assertFalse(Files.exists(RootlessKit.socket(directory)));
        assertThrows(IOException.class, () -> ask("GET /v1/info HTTP/1.1\r\n\r\n"));
    }
}
