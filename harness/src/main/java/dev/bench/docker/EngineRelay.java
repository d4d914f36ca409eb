package dev.bench.docker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bench.host.Relay;
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
    /** Begins the answer after which a connection carries another protocol. */
    private static final String SWITCHED = "HTTP/1.1 101";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path socket;
    private final List<Answers> answers = new ArrayList<>();
    private final Relay relay;

    private EngineRelay(Path engine, Path socket, ServerSocketChannel listener) {
        this.socket = socket;
        this.relay = Relay.start(listener, () -> SocketChannel.open(UnixDomainSocketAddress.of(engine)), this::hearer);
    }

    /**
     * Opens one.
     *
     * @param engine the engine's socket; its own is in the same directory
     */
    static EngineRelay open(Path engine) throws IOException {
        Path socket = engine.resolveSibling("relay-" + Long.toString(System.nanoTime(), Character.MAX_RADIX));
        ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            listener.bind(UnixDomainSocketAddress.of(socket));
        } catch (IOException e) {
            listener.close();
            throw e;
        }
        return new EngineRelay(engine, socket, listener);
    }

    /** Returns the socket to connect to in place of the engine's. */
    Path socket() {
        return socket;
    }

    private Consumer<ByteBuffer> hearer() {
        Answers heard = new Answers();
        synchronized (answers) {
            answers.add(heard);
        }
        return heard;
    }

    /** Keeps what the engine says on one connection, as long as that carries its answers. */
    private static final class Answers implements Consumer<ByteBuffer> {
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
        private boolean keeping = true;

        @Override
        public synchronized void accept(ByteBuffer buffer) {
            if (keeping) {
                byte[] bytes = new byte[buffer.remaining()];
                buffer.get(bytes);
                kept.write(bytes, 0, bytes.length);
                keeping = !switches(bytes, 0);
            }
        }

        synchronized byte[] said() {
            return kept.toByteArray();
        }
    }

    /**
     * Tells what the engine has answered since it was asked last, message by message; a message can be told only once all of
     * its answer is here.
     *
     * @return the engine's reason where it says that something failed; empty where it does not
     */
    String tell(Consumer<JsonNode> messages) throws IOException {
        List<Answers> heard;
        synchronized (answers) {
            heard = List.copyOf(answers);
            answers.clear();
        }
        String reason = "";
        for (Answers each : heard) {
            for (JsonNode message : messages(each.said())) {
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
            relay.close();
            Files.deleteIfExists(socket);
        } catch (IOException e) {
            // The lab removes all that is left in its directory.
        }
    }
}
