package dev.bench.doctor;

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
    private static final long TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(5);

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
            URI uri = URI.create(host);
            String scheme = uri.getScheme() == null ? "" : uri.getScheme();
            return switch (scheme) {
                case "unix" -> ask(host, UnixDomainSocketAddress.of(Path.of(uri.getPath())));
                case "tcp", "http" ->
                    ask(host, new InetSocketAddress(uri.getHost(), uri.getPort() < 0 ? 2375 : uri.getPort()));
                default ->
                    new Answer(
                            false, host + " is no address this tool can use; such as unix:///var/run/docker.sock is");
            };
        } catch (IllegalArgumentException e) {
            return new Answer(false, host + " is no address of an engine; such as unix:///var/run/docker.sock is");
        }
    }

    private static Answer ask(String host, SocketAddress address) {
        boolean unix = address instanceof UnixDomainSocketAddress;
        try (SocketChannel channel = unix ? SocketChannel.open(StandardProtocolFamily.UNIX) : SocketChannel.open()) {
            String head = exchange(channel, address);
            return head.startsWith("HTTP/1.") && head.contains(" 200 ")
                    ? new Answer(true, "the engine at " + host + " answers")
                    : new Answer(false, "what listens at " + host + " is no container engine");
        } catch (IOException | UnresolvedAddressException e) {
            return new Answer(false, "no engine answers at " + host + ": " + reason(e));
        }
    }

    private static String exchange(SocketChannel channel, SocketAddress address) throws IOException {
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
            channel.write(StandardCharsets.US_ASCII.encode("GET /_ping HTTP/1.0\r\nHost: docker\r\n\r\n"));
            ByteBuffer answer = ByteBuffer.allocate(64);
            await(selector, deadline);
            channel.read(answer);
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
