package dev.bench.docker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bench.http.ResponseParser;
import java.io.ByteArrayOutputStream;
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
import java.util.function.Consumer;

/**
 * Stands between a command line and an engine's socket, passes everything on as it is, and keeps what the engine answers: a
 * command line of Docker's rounds the times of steps that it prints to tenths of a second, and the engine tells it more.
 */
final class EngineRelay implements AutoCloseable {
    private static final int BUFFER = 1 << 16;
    /** Begins the answer after which a connection carries another protocol. */
    private static final String SWITCHED = "HTTP/1.1 101";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path engine;
    private final Path socket;
    private final ServerSocketChannel server;
    private final List<ByteArrayOutputStream> answers = new ArrayList<>();

    private EngineRelay(Path engine, Path socket, ServerSocketChannel server) {
        this.engine = engine;
        this.socket = socket;
        this.server = server;
    }

    /**
     * Opens one.
     *
     * @param engine the engine's socket; its own is in the same directory
     */
    static EngineRelay open(Path engine) throws IOException {
        Path socket = engine.resolveSibling("relay-" + Long.toString(System.nanoTime(), Character.MAX_RADIX));
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            server.bind(UnixDomainSocketAddress.of(socket));
        } catch (IOException e) {
            server.close();
            throw e;
        }
        EngineRelay relay = new EngineRelay(engine, socket, server);
        start(relay::accept);
        return relay;
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "engine-relay");
        thread.setDaemon(true);
        thread.start();
    }

    /** Returns the socket to connect to in place of the engine's. */
    Path socket() {
        return socket;
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel client = server.accept();
                SocketChannel there = SocketChannel.open(StandardProtocolFamily.UNIX);
                try {
                    there.connect(UnixDomainSocketAddress.of(engine));
                } catch (IOException e) {
                    // The client is told as one is that an engine hangs up on.
                    client.close();
                    there.close();
                    continue;
                }
                ByteArrayOutputStream answer = new ByteArrayOutputStream();
                synchronized (answers) {
                    answers.add(answer);
                }
                start(() -> pass(client, there, new ByteArrayOutputStream(), false));
                start(() -> pass(there, client, answer, true));
            }
        } catch (IOException e) {
            // It was closed.
        }
    }

    private static void pass(SocketChannel from, SocketChannel to, ByteArrayOutputStream kept, boolean keeps) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
        boolean keeping = keeps;
        try {
            while (from.read(buffer.clear()) >= 0) {
                buffer.flip();
                if (keeping) {
                    byte[] bytes = new byte[buffer.remaining()];
                    buffer.duplicate().get(bytes);
                    synchronized (kept) {
                        kept.write(bytes, 0, bytes.length);
                    }
                    keeping = !switches(bytes, 0);
                }
                while (buffer.hasRemaining()) {
                    to.write(buffer);
                }
            }
            to.shutdownOutput();
        } catch (IOException e) {
            close(from);
            close(to);
        }
    }

    private static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // It is not used any more.
        }
    }

    /**
     * Tells what the engine has answered since it was asked last, message by message; a message can be told only once all of
     * its answer is here.
     *
     * @return the engine's reason where it says that something failed; empty where it does not
     */
    String tell(Consumer<JsonNode> messages) throws IOException {
        List<byte[]> said = new ArrayList<>();
        synchronized (answers) {
            for (ByteArrayOutputStream answer : answers) {
                synchronized (answer) {
                    said.add(answer.toByteArray());
                }
            }
            answers.clear();
        }
        String reason = "";
        for (byte[] answer : said) {
            for (JsonNode message : messages(answer)) {
                messages.accept(message);
                reason = message.path("errorDetail").path("message").asText(reason);
            }
        }
        return reason;
    }

    /** Returns the JSON of all answers on one connection. */
    static List<JsonNode> messages(byte[] answers) throws IOException {
        List<JsonNode> messages = new ArrayList<>();
        int at = 0;
        while (at >= 0 && at < answers.length && !switches(answers, at)) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            try {
                at = new ResponseParser(body::write).accept(answers, at, answers.length);
            } catch (ResponseParser.Malformed e) {
                throw new IOException("the engine's answer cannot be read: " + e.getMessage(), e);
            }
            byte[] text = body.toByteArray();
            if (text.length > 0 && text[0] == '{') {
                try (MappingIterator<JsonNode> all =
                        JSON.readerFor(JsonNode.class).readValues(text)) {
                    messages.addAll(all.readAll());
                }
            }
        }
        return messages;
    }

    /** Tells whether the connection carries another protocol behind an answer. */
    private static boolean switches(byte[] bytes, int from) {
        return new String(bytes, from, Math.min(bytes.length - from, SWITCHED.length()), ISO_8859_1).equals(SWITCHED);
    }

    @Override
    public void close() {
        try {
            server.close();
            Files.deleteIfExists(socket);
        } catch (IOException e) {
            // The lab removes all that is left in its directory.
        }
    }
}
