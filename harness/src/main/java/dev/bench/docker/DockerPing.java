package dev.bench.docker;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Asks an existing container engine whether it answers, without a client library. */
final class DockerPing {
    private static final long TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(20);
    private static final int ANSWER_BYTES = 1 << 16;

    private DockerPing() {}

    /**
     * Tells what the engine answered.
     *
     * @param answers whether it is an engine that answers
     * @param finding one sentence
     */
    record Answer(boolean answers, String finding) {}

    static Answer ping(String host) {
        try {
            String answer = exchange(host, "/_ping");
            if (isSuccess(answer)) {
                return new Answer(true, "the engine at " + host + " answers");
            }
            // Go's server says so in plain text (net/http, "400 Bad Request").
            return answer.contains("HTTP request to an HTTPS server")
                    ? new Answer(false, EngineAddress.encrypted(host).finding())
                    : new Answer(false, "what listens at " + host + " is no container engine");
        } catch (IOException | UnresolvedAddressException e) {
            return new Answer(false, "no engine answers at " + host + ": " + reason(e));
        } catch (IllegalArgumentException e) {
            return new Answer(false, host + " is no address of an engine; such as unix:///var/run/docker.sock is");
        }
    }

    /** Returns whether an engine that answers says it is rootless, as Docker and Podman both do; false where it is silent. */
    static boolean isRootless(String host) {
        try {
            String answer = exchange(host, "/info");
            return isSuccess(answer) && answer.contains("name=rootless");
        } catch (IOException | UnresolvedAddressException e) {
            return false;
        }
    }

    private static boolean isSuccess(String answer) {
        return answer.startsWith("HTTP/1.")
                && answer.lines().findFirst().orElse("").contains(" 200 ");
    }

    /** Returns the whole answer to a request, as text. */
    private static String exchange(String host, String path) throws IOException {
        URI uri = URI.create(host);
        String scheme = uri.getScheme() == null ? "" : uri.getScheme();
        SocketAddress address = switch (scheme) {
            case "unix" -> UnixDomainSocketAddress.of(Path.of(uri.getPath()));
            case "tcp", "http" -> new InetSocketAddress(uri.getHost(), uri.getPort() < 0 ? 2375 : uri.getPort());
            default -> throw new IllegalArgumentException(host);
        };
        boolean unix = address instanceof UnixDomainSocketAddress;
        try (SocketChannel channel = unix ? SocketChannel.open(StandardProtocolFamily.UNIX) : SocketChannel.open()) {
            return exchange(channel, address, path);
        }
    }

    private static String exchange(SocketChannel channel, SocketAddress address, String path) throws IOException {
        channel.configureBlocking(false);
        long deadline = System.nanoTime() + TIMEOUT_NANOS;
        try (Selector selector = Selector.open()) {
            if (!channel.connect(address)) {
                SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
                await(selector, deadline);
                channel.finishConnect();
                key.interestOps(SelectionKey.OP_READ);
            } else {
                channel.register(selector, SelectionKey.OP_READ);
            }
            channel.write(StandardCharsets.US_ASCII.encode("GET " + path + " HTTP/1.0\r\nHost: docker\r\n\r\n"));
            ByteBuffer answer = ByteBuffer.allocate(ANSWER_BYTES);
            int read = 0;
            while (read >= 0 && answer.hasRemaining()) {
                await(selector, deadline);
                read = channel.read(answer);
            }
            return StandardCharsets.ISO_8859_1.decode(answer.flip()).toString();
        }
    }

    private static void await(Selector selector, long deadline) throws IOException {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (left <= 0 || selector.select(left) == 0) {
            throw new IOException("no answer within " + TimeUnit.NANOSECONDS.toSeconds(TIMEOUT_NANOS) + " s");
        }
        selector.selectedKeys().clear();
    }

    private static String reason(Exception e) {
        return e.getMessage() == null ? "its host name is not known" : e.getMessage();
    }
}
