package dev.bench.probe;

import dev.bench.workload.Readiness;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Is a conversation of one question and one answer.
 *
 * @param description what is asked, for a message
 * @param port TCP port
 * @param question bytes to send first; may be empty
 * @param answer makes what judges one answer
 */
@SuppressWarnings("ArrayRecordComponent")
record Protocol(String description, int port, byte[] question, Supplier<Answer> answer) {
    /**
     * Returns the conversation for a definition of ready, or null where it is not asked on the network.
     *
     * @param address the instance's
     */
    static @Nullable Protocol of(Readiness readiness, InetAddress address) {
        if (readiness instanceof Readiness.Http http) {
            return http(http, address);
        }
        if (readiness instanceof Readiness.Tcp tcp) {
            return new Protocol(
                    "TCP port " + tcp.port(),
                    tcp.port(),
                    tcp.send().getBytes(StandardCharsets.UTF_8),
                    prefix(new String(tcp.expect().getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1)));
        }
        if (readiness instanceof Readiness.Redis redis) {
            return new Protocol(
                    "Redis on port " + redis.port(),
                    redis.port(),
                    "PING\r\n".getBytes(StandardCharsets.US_ASCII),
                    prefix("+PONG"));
        }
        if (readiness instanceof Readiness.Postgres postgres) {
            return postgres(postgres);
        }
        return null;
    }

    private static Supplier<Answer> prefix(String expected) {
        return () -> new ShortAnswer((answer, ended) -> {
            if (answer.startsWith(expected)) {
                return Answer.Verdict.READY;
            }
            return expected.startsWith(answer) && !ended ? Answer.Verdict.MORE : Answer.Verdict.WRONG;
        });
    }

    /** Asks for the body as it is: a text is not looked for in what is compressed. */
    private static Protocol http(Readiness.Http http, InetAddress address) {
        String question = "GET " + http.path() + " HTTP/1.1\r\nHost: " + http.hostOf(address)
                + "\r\nUser-Agent: bench\r\nAccept-Encoding: identity\r\nConnection: close\r\n\r\n";
        return new Protocol(
                "HTTP on port " + http.port(),
                http.port(),
                question.getBytes(StandardCharsets.UTF_8),
                () -> new HttpAnswer(http));
    }

    /** Asks as protocol version 3.0 does (PostgreSQL documentation, "Message Formats", StartupMessage). */
    private static Protocol postgres(Readiness.Postgres postgres) {
        byte[] parameters = ("user\0" + postgres.user() + "\0database\0" + postgres.database() + "\0\0")
                .getBytes(StandardCharsets.UTF_8);
        ByteBuffer question = ByteBuffer.allocate(8 + parameters.length);
        question.putInt(question.capacity()).putInt(196_608).put(parameters);
        return new Protocol(
                "PostgreSQL on port " + postgres.port(),
                postgres.port(),
                question.array(),
                () -> new ShortAnswer(Protocol::judgePostgres));
    }

    private static Answer.Verdict judgePostgres(String answer, boolean ended) {
        if (answer.charAt(0) == 'R') {
            return Answer.Verdict.READY;
        }
        if (answer.charAt(0) != 'E') {
            return Answer.Verdict.WRONG;
        }
        // SQLSTATE 57P03 is "cannot connect now": starting up or in recovery. Any other error comes from a server that
        // handles sessions. It may come in pieces, so the message's own length tells where it ends.
        if (answer.length() < 5 || answer.length() < 1 + messageLength(answer)) {
            return ended ? Answer.Verdict.WRONG : Answer.Verdict.MORE;
        }
        return answer.contains("C57P03\0") ? Answer.Verdict.WRONG : Answer.Verdict.READY;
    }

    /** Reads the length that follows a message's type, in network order; it counts itself but not the type. */
    private static long messageLength(String answer) {
        long length = 0;
        for (int i = 1; i <= 4; i++) {
            length = length << 8 | answer.charAt(i);
        }
        return length;
    }
}
