package dev.bench.probe;

import dev.bench.workload.Readiness;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Is a conversation of one question and one answer.
 *
 * @param description what is asked, for a message
 * @param port TCP port
 * @param question bytes to send first; may be empty
 * @param judge reads the answer so far
 */
@SuppressWarnings("ArrayRecordComponent")
record Protocol(String description, int port, byte[] question, Judge judge) {
    /** Says what an answer means. */
    enum Verdict {
        /** The correct answer. */
        READY,
        /** Not enough of it yet. */
        MORE,
        /** An answer, but not the correct one. */
        WRONG
    }

    /** Reads answers. */
    @FunctionalInterface
    interface Judge {
        /**
         * Reads what has arrived.
         *
         * @param answer at least one byte, in ISO-8859-1
         * @param ended whether the other side has closed
         */
        Verdict judge(String answer, boolean ended);
    }

    /** Returns the conversation for a definition of ready, or null where it is not asked on the network. */
    static @Nullable Protocol of(Readiness readiness) {
        if (readiness instanceof Readiness.Http http) {
            return http(http);
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

    private static Judge prefix(String expected) {
        return (answer, ended) -> {
            if (answer.startsWith(expected)) {
                return Verdict.READY;
            }
            return expected.startsWith(answer) && !ended ? Verdict.MORE : Verdict.WRONG;
        };
    }

    private static Protocol http(Readiness.Http http) {
        String question =
                "GET " + http.path() + " HTTP/1.1\r\nHost: bench\r\nUser-Agent: bench\r\nConnection: close\r\n\r\n";
        return new Protocol(
                "HTTP on port " + http.port(),
                http.port(),
                question.getBytes(StandardCharsets.UTF_8),
                (answer, ended) -> judgeHttp(http, answer, ended));
    }

    private static Verdict judgeHttp(Readiness.Http http, String answer, boolean ended) {
        int lineEnd = answer.indexOf("\r\n");
        if (lineEnd < 0) {
            return ended || answer.length() > 4096 ? Verdict.WRONG : Verdict.MORE;
        }
        String[] statusLine = answer.substring(0, lineEnd).split(" ", 3);
        if (!statusLine[0].startsWith("HTTP/")
                || statusLine.length < 2
                || !statusLine[1].equals(Integer.toString(http.status()))) {
            return Verdict.WRONG;
        }
        int bodyStart = answer.indexOf("\r\n\r\n");
        String wanted = new String(http.contains().getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        if (wanted.isEmpty() || (bodyStart >= 0 && answer.indexOf(wanted, bodyStart + 4) >= 0)) {
            return Verdict.READY;
        }
        return ended ? Verdict.WRONG : Verdict.MORE;
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
                (answer, ended) -> judgePostgres(answer, ended));
    }

    private static Verdict judgePostgres(String answer, boolean ended) {
        if (answer.charAt(0) == 'R') {
            return Verdict.READY;
        }
        if (answer.charAt(0) != 'E') {
            return Verdict.WRONG;
        }
        // SQLSTATE 57P03 is "cannot connect now": starting up or in recovery. Any other error comes from a server that
        // handles sessions. It may come in pieces, so the message's own length tells where it ends.
        if (answer.length() < 5 || answer.length() < 1 + messageLength(answer)) {
            return ended ? Verdict.WRONG : Verdict.MORE;
        }
        return answer.contains("C57P03\0") ? Verdict.WRONG : Verdict.READY;
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
