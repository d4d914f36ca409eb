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
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Stands between a command line and an engine's socket, passes everything on as it is, and keeps what the engine answers: a
 * command line of Docker's rounds the times of steps that it prints to tenths of a second, and the engine tells it more.
 *
 * <p>It stands in the way as little as it can: a build's files travel in some hundred small messages of a connection of their
 * own, and being woken for each of them costs a twentieth of a build. Once a command line was seen to have its builds answered on
 * the first connection that it opens, the further ones lead straight to the engine.
 */
final class EngineRelay implements AutoCloseable {
    /** Begins the answer after which a connection carries another protocol. */
    private static final String SWITCHED = "HTTP/1.1 101";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path engine;
    private final Path socket;
    private final Path entrance;
    private final List<Answers> answers = new ArrayList<>();
    private final Relay relay;
    private boolean firstAnswers;

    private EngineRelay(Path engine, Path socket, ServerSocketChannel listener) {
        this.engine = engine;
        this.socket = socket;
        this.entrance = socket.resolveSibling(socket.getFileName() + "-in");
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
            EngineRelay relay = new EngineRelay(engine, socket, listener);
            relay.lead(socket);
            return relay;
        } catch (IOException e) {
            listener.close();
            throw e;
        }
    }

    /** Returns the socket to connect to in place of the engine's. */
    Path socket() {
        return entrance;
    }

    /** Expects another command line. */
    void expect() throws IOException {
        synchronized (answers) {
            answers.clear();
        }
        lead(socket);
    }

    /** Has the entrance lead to a socket from now on. */
    private void lead(Path there) throws IOException {
        Path link = entrance.resolveSibling(entrance.getFileName() + "-next");
        Files.createSymbolicLink(link, there);
        Files.move(link, entrance, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Comes before anything is passed on, so that who opens a second connection once the first was answered finds the way. */
    private Consumer<ByteBuffer> hearer() {
        Answers heard = new Answers();
        synchronized (answers) {
            answers.add(heard);
            if (firstAnswers) {
                try {
                    lead(engine);
                } catch (IOException e) {
                    // The way by here is only slower.
                }
            }
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
     * Tells what the engine has answered since a command line was expected, message by message; a message can be told only
     * once all of its answer is here.
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
        Set<Integer> answering = new HashSet<>();
        for (int connection = 0; connection < heard.size(); connection++) {
            for (JsonNode message : messages(heard.get(connection).said())) {
                answering.add(connection);
                messages.accept(message);
                reason = message.path("errorDetail").path("message").asText(reason);
            }
        }
        synchronized (answers) {
            firstAnswers = answering.equals(Set.of(0));
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
            Files.deleteIfExists(entrance);
            Files.deleteIfExists(socket);
        } catch (IOException e) {
            // The lab removes all that is left in its directory.
        }
    }
}
