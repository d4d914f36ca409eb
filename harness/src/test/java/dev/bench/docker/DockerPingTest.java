package dev.bench.docker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
final class DockerPingTest {
    @TempDir
    private Path directory = Path.of("");

    @Test
    void knowsAnEngineBehindASocketFile() throws Exception {
        Path socket = directory.resolve("docker.sock");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            CompletableFuture<String> request = answer(server, "HTTP/1.0 200 OK\r\n\r\nOK");

            assertEquals(
                    new DockerPing.Answer(true, "the engine at unix://" + socket + " answers"),
                    DockerPing.ping("unix://" + socket));
            assertTrue(request.get(5, TimeUnit.SECONDS).startsWith("GET /_ping HTTP/1.0\r\n"));
        }
    }

    @Test
    void knowsAnEngineBehindAPort() throws Exception {
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            answer(server, "HTTP/1.1 200 OK\r\n\r\n");
            int port = ((InetSocketAddress) server.getLocalAddress()).getPort();

            assertTrue(DockerPing.ping("tcp://127.0.0.1:" + port).answers());
        }
    }

    @Test
    void takesNoOtherServerForAnEngine() throws Exception {
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            answer(server, "HTTP/1.1 404 Not Found\r\n\r\n");
            int port = ((InetSocketAddress) server.getLocalAddress()).getPort();

            DockerPing.Answer answer = DockerPing.ping("tcp://127.0.0.1:" + port);
            assertFalse(answer.answers());
            assertTrue(answer.finding().contains("is no container engine"), answer.finding());
        }
    }

    @Test
    void saysWhyNobodyAnswers() {
        DockerPing.Answer answer = DockerPing.ping("unix://" + directory.resolve("nothing.sock"));

        assertFalse(answer.answers());
        assertTrue(answer.finding().startsWith("no engine answers at unix://"), answer.finding());
    }

    @Test
    void refusesWhatIsNoAddressOfAnEngine() {
        for (String address : new String[] {"ssh://user@host", "not an address", "/var/run/docker.sock", "tcp://"}) {
            DockerPing.Answer answer = DockerPing.ping(address);
            assertFalse(answer.answers(), address);
            assertTrue(answer.finding().contains("unix:///var/run/docker.sock"), answer.finding());
        }
    }

    @Test
    void saysThatAPortSpeaksTls() throws Exception {
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            answer(server, "HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n");
            int port = ((InetSocketAddress) server.getLocalAddress()).getPort();

            DockerPing.Answer answer = DockerPing.ping("tcp://127.0.0.1:" + port);
            assertFalse(answer.answers());
            assertTrue(answer.finding().contains("TLS"), answer.finding());
        }
    }

    @Test
    void knowsARootlessEngineByItsSecurityOptions() throws Exception {
        Path socket = directory.resolve("docker.sock");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            String head = "HTTP/1.0 200 OK\r\n\r\n{\"SecurityOptions\":[\"name=seccomp,profile=default\"";

            CompletableFuture<String> request = answer(server, head + ",\"name=rootless\"]}");
            assertTrue(DockerPing.isRootless("unix://" + socket));
            assertTrue(request.get(5, TimeUnit.SECONDS).startsWith("GET /info HTTP/1.0\r\n"));

            answer(server, head + "]}");
            assertFalse(DockerPing.isRootless("unix://" + socket));
        }
        assertFalse(DockerPing.isRootless("unix://" + directory.resolve("nothing.sock")));
    }

    private static CompletableFuture<String> answer(ServerSocketChannel server, String answer) {
        return CompletableFuture.supplyAsync(() -> {
            try (SocketChannel client = server.accept()) {
                ByteBuffer request = ByteBuffer.allocate(256);
                client.read(request);
                client.write(StandardCharsets.US_ASCII.encode(answer));
                return StandardCharsets.US_ASCII.decode(request.flip()).toString();
            } catch (IOException e) {
                return String.valueOf(e.getMessage());
            }
        });
    }
}
