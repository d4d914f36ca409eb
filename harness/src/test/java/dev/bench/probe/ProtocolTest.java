package dev.bench.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.bench.workload.Readiness;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Cuts answers at every byte, as TCP may: no cut may turn an answer into another one. */
final class ProtocolTest {
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Readiness HTTP = new Readiness.Http(80, "/", 200, "gut: ü", "", LONG);
    private static final Readiness TCP = new Readiness.Tcp(25, "", "220 ü", LONG);
    private static final Readiness REDIS = new Readiness.Redis(6379, LONG);
    private static final Readiness POSTGRES = new Readiness.Postgres(5432, "user", "database", LONG);

    @Test
    void noCutOfACorrectAnswerIsWrong() {
        noCutIs(Answer.Reading.WRONG, HTTP, utf8("HTTP/1.0 200 OK\r\nA: b\r\n\r\nalles gut: ü, danke"));
        noCutIs(Answer.Reading.WRONG, TCP, utf8("220 ü mail.example\r\n"));
        noCutIs(Answer.Reading.WRONG, REDIS, utf8("+PONG\r\n"));
        noCutIs(Answer.Reading.WRONG, POSTGRES, PostgresMessages.authenticationOk());
        noCutIs(Answer.Reading.WRONG, POSTGRES, PostgresMessages.error("3D000", "no such database"));
    }

    @Test
    void aWholeCorrectAnswerIsReadyWithoutWaitingForItsEnd() {
        assertEquals(Answer.Reading.READY, judge(HTTP, utf8("HTTP/1.1 200\r\n\r\ngut: ü"), false));
        assertEquals(Answer.Reading.READY, judge(TCP, utf8("220 ü"), false));
        assertEquals(Answer.Reading.READY, judge(REDIS, utf8("+PONG\r\n"), false));
        assertEquals(Answer.Reading.READY, judge(POSTGRES, PostgresMessages.authenticationOk(), false));
        assertEquals(Answer.Reading.READY, judge(POSTGRES, PostgresMessages.error("3D000", "no database"), false));
    }

    @Test
    void noCutOfAWrongAnswerIsReady() {
        noCutIs(Answer.Reading.READY, HTTP, utf8("HTTP/1.1 503 Unavailable\r\n\r\ngut: ü"));
        noCutIs(Answer.Reading.READY, HTTP, utf8("HTTP/1.1 2000 OK\r\n\r\ngut: ü"));
        noCutIs(Answer.Reading.READY, HTTP, utf8("SSH-2.0 200 OK\r\n\r\ngut: ü"));
        noCutIs(Answer.Reading.READY, HTTP, utf8("HTTP/1.1 200 OK\r\nA: gut: ü\r\n\r\nschlecht"));
        noCutIs(Answer.Reading.READY, TCP, utf8("421 no"));
        noCutIs(Answer.Reading.READY, REDIS, utf8("-NOAUTH Authentication required.\r\n"));
        noCutIs(Answer.Reading.READY, POSTGRES, PostgresMessages.error("57P03", "the database system is starting up"));
        noCutIs(Answer.Reading.READY, POSTGRES, utf8("HTTP/1.1 400 Bad Request\r\n\r\n"));
    }

    @Test
    void anAnswerThatEndsTooSoonIsWrong() {
        assertEquals(Answer.Reading.WRONG, judge(HTTP, utf8("HTTP/1.1 200 OK"), true));
        assertEquals(Answer.Reading.WRONG, judge(HTTP, utf8("HTTP/1.1 200 OK\r\n\r\ngut"), true));
        assertEquals(Answer.Reading.WRONG, judge(TCP, utf8("22"), true));
        assertEquals(Answer.Reading.WRONG, judge(REDIS, utf8("+"), true));
        byte[] error = PostgresMessages.error("57P03", "the database system is starting up");
        for (int length = 1; length < error.length; length++) {
            assertEquals(Answer.Reading.WRONG, judge(POSTGRES, text(error, length), true), "after " + length);
        }
    }

    @Test
    void aTextIsFoundAcrossTheEdgesOfChunks() {
        String chunks = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "5\r\nggut \r\n4\r\ngut:\r\n2\r\n \u00c3\r\n1\r\n\u00bc\r\n";

        noCutIs(Answer.Reading.WRONG, HTTP, chunks);
        assertEquals(Answer.Reading.READY, judge(HTTP, chunks, false));
        assertEquals(
                Answer.Reading.WRONG,
                judge(HTTP, chunks.replace("\u00bc", "x") + "0\r\n\r\n", false),
                "the whole body lacks it");
    }

    @Test
    void aLineThatNeverEndsIsWrong() {
        assertEquals(Answer.Reading.WRONG, judge(HTTP, "HTTP/1.1 200 " + "x".repeat(5_000), false));
    }

    private static void noCutIs(Answer.Reading forbidden, Readiness readiness, String answer) {
        for (int length = 1; length <= answer.length(); length++) {
            String part = answer.substring(0, length);
            assertNotEquals(forbidden, judge(readiness, part, false), part);
        }
    }

    private static void noCutIs(Answer.Reading forbidden, Readiness readiness, byte[] answer) {
        noCutIs(forbidden, readiness, text(answer, answer.length));
    }

    private static Answer.Reading judge(Readiness readiness, byte[] answer, boolean ended) {
        return judge(readiness, text(answer, answer.length), ended);
    }

    private static Answer.Reading judge(Readiness readiness, String answer, boolean ended) {
        Protocol protocol = ((NetworkProbe) Probes.of(readiness)).protocol(readiness, HERE);
        Answer judge = protocol.answer().get();
        byte[] bytes = answer.getBytes(StandardCharsets.ISO_8859_1);
        Answer.Reading reading = judge.accept(bytes, bytes.length);
        return ended && reading == Answer.Reading.MORE ? judge.end() : reading;
    }

    private static String text(byte[] bytes, int length) {
        return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    }

    private static String utf8(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
