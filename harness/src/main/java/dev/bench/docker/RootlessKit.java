package dev.bench.docker;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Answers what an engine without root asks of RootlessKit, below which it is started elsewhere: as from Docker 28 on it
 * does not begin before it knows who publishes its ports. Here nobody does, since nothing in a lab is published.
 *
 * <p>Of RootlessKit's REST API, {@code GET /v1/info} alone; a port driver that is not named there is none.
 */
final class RootlessKit implements AutoCloseable {
    private static final String INFO =
            "{\"apiVersion\":\"1.1.1\",\"version\":\"1.1.1\",\"stateDir\":\"%s\",\"childPID\":%d}";
    private static final String HEAD =
            "HTTP/1.1 %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\nConnection: close\r\n\r\n";
    private static final String END = "\r\n\r\n";
    private static final int LONGEST_REQUEST = 8192;

    private final Path directory;
    private final ServerSocketChannel server;

    private RootlessKit(Path directory, ServerSocketChannel server) {
        this.directory = directory;
        this.server = server;
    }

    /** Returns where an engine whose state directory of RootlessKit this is looks for it. */
    static Path socket(Path directory) {
        return directory.resolve("api.sock");
    }

    /** Answers from now on, in a thread of its own, until it is closed. */
    static RootlessKit in(Path directory) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            server.bind(UnixDomainSocketAddress.of(socket(directory)));
        } catch (IOException e) {
            server.close();
            throw e;
        }
        RootlessKit answering = new RootlessKit(directory, server);
        Thread thread = new Thread(answering::answerAll, "rootlesskit");
        thread.setDaemon(true);
        thread.start();
        return answering;
    }

    private void answerAll() {
        while (server.isOpen()) {
            try (SocketChannel client = server.accept()) {
                answer(client);
            } catch (IOException e) {
                // Who asked has gone, or nobody is to be answered any more.
            }
        }
    }

    private void answer(SocketChannel client) throws IOException {
        ByteBuffer request = ByteBuffer.allocate(LONGEST_REQUEST);
        String asked = "";
        while (!asked.contains(END) && client.read(request) > 0) {
            asked = new String(request.array(), 0, request.position(), StandardCharsets.ISO_8859_1);
        }
        boolean known = asked.startsWith("GET /v1/info ");
        String body = known ? INFO.formatted(directory, ProcessHandle.current().pid()) : "{}";
        ByteBuffer answer = StandardCharsets.UTF_8.encode(
                HEAD.formatted(known ? "200 OK" : "404 Not Found", body.getBytes(StandardCharsets.UTF_8).length)
                        + body);
        while (answer.hasRemaining()) {
            client.write(answer);
        }
    }

    /** Answers nobody any more. */
    @Override
    public void close() throws IOException {
        server.close();
        Files.deleteIfExists(socket(directory));
    }
}
