package dev.bench.probe;

import dev.bench.http.ResponseParser;
import dev.bench.workload.Readiness;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Asks an instance that is ready twice more, on one connection that the server may keep. It is a new one: the first request
 * asks for its own to be closed, so that no server waits for more of it.
 */
final class HttpSecond implements AutoCloseable {
    /** Whoever does not answer for so long has no second answer; the launch counts all the same. */
    private static final Duration LONGEST = Duration.ofSeconds(10);

    /** How long the rest of a correct answer is read, which may have no end. */
    private static final Duration LONGEST_REST = Duration.ofSeconds(1);

    private static final int BUFFER = 1 << 13;

    private final Readiness.Http http;
    private final SocketChannel channel;
    private final byte[] question;
    private final byte[] buffer = new byte[BUFFER];
    private long deadline;

    private HttpSecond(Readiness.Http http, SocketChannel channel, byte[] question) {
        this.http = http;
        this.channel = channel;
        this.question = question;
        this.deadline = System.nanoTime() + within().toNanos();
    }

    /**
     * Asks; empty where there is no correct answer in time.
     *
     * @param question the request, which leaves the connection to be kept
     */
    static Optional<SecondAnswer> ask(Readiness.Http http, InetAddress address, byte[] question) {
        try (HttpSecond second = new HttpSecond(http, SocketChannel.open(), question)) {
            long begin = System.nanoTime();
            second.connect(new InetSocketAddress(address, http.port()));
            Heard heard = second.hear();
            return heard.firstByte().isEmpty()
                    ? Optional.empty()
                    : Optional.of(new SecondAnswer(
                            heard.firstByte().getAsLong() - begin,
                            heard.kept() ? second.next() : OptionalLong.empty()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * Tells of one answer.
     *
     * @param firstByte when its first byte was read; empty where it was not the correct one
     * @param kept whether another request may follow on the connection
     */
    private record Heard(OptionalLong firstByte, boolean kept) {}

    private void connect(InetSocketAddress server) throws IOException {
        channel.socket().setTcpNoDelay(true);
        channel.socket().connect(server, millisLeft());
    }

    private Duration within() {
        return http.timeout().compareTo(LONGEST) < 0 ? http.timeout() : LONGEST;
    }

    /** A server may say that it keeps the connection and close it all the same: then there is no such figure. */
    private OptionalLong next() {
        try {
            deadline = System.nanoTime() + within().toNanos();
            long begin = System.nanoTime();
            OptionalLong firstByte = hear().firstByte();
            return firstByte.isPresent() ? OptionalLong.of(firstByte.getAsLong() - begin) : firstByte;
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    /** Asks and reads the answer to its end, so that the next one begins where it should. */
    private Heard hear() throws IOException {
        HttpAnswer answer = new HttpAnswer(http);
        ResponseParser frame = new ResponseParser();
        ByteBuffer request = ByteBuffer.wrap(question);
        while (request.hasRemaining()) {
            channel.write(request);
        }
        Answer.Reading reading = Answer.Reading.MORE;
        OptionalLong firstByte = OptionalLong.empty();
        boolean complete = false;
        try {
            int count = read();
            while (count > 0 && !complete) {
                firstByte = firstByte.isPresent() ? firstByte : OptionalLong.of(System.nanoTime());
                if (reading == Answer.Reading.MORE) {
                    reading = answer.accept(buffer, count);
                    long rest = System.nanoTime() + LONGEST_REST.toNanos();
                    deadline = reading == Answer.Reading.READY && rest - deadline < 0 ? rest : deadline;
                }
                complete = frame.accept(buffer, count);
                if (reading == Answer.Reading.WRONG || (reading == Answer.Reading.READY && frame.closes())) {
                    break;
                }
                count = complete ? 0 : read();
            }
        } catch (SocketTimeoutException | ResponseParser.Malformed e) {
            // What was found before was found.
            complete = false;
        }
        return new Heard(
                reading == Answer.Reading.READY ? firstByte : OptionalLong.empty(), complete && !frame.closes());
    }

    private int read() throws IOException {
        Socket socket = channel.socket();
        socket.setSoTimeout(millisLeft());
        InputStream input = socket.getInputStream();
        return input.read(buffer);
    }

    private int millisLeft() throws SocketTimeoutException {
        long left = (deadline - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
            throw new SocketTimeoutException("no answer in time");
        }
        return (int) left;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
