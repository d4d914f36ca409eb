package dev.bench.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.bench.workload.Readiness;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Cuts answers at every byte, as TCP may: no cut may turn an answer into another one. */
final class ProtocolTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Readiness HTTP = new Readiness.Http(80, "/", 200, "gut: ü", LONG);
    private static final Readiness TCP = new Readiness.Tcp(25, "", "220 ü", LONG);
    private static final Readiness REDIS = new Readiness.Redis(6379, LONG);
    private static final Readiness POSTGRES = new Readiness.Postgres(5432, "user", "database", LONG);

    @Test
    void noCutOfACorrectAnswerIsWrong() {
        noCutIs(Protocol.Verdict.WRONG, HTTP, utf8("HTTP/1.0 200 OK\r\nA: b\r\n\r\nalles gut: ü, danke"));
        noCutIs(Protocol.Verdict.WRONG, TCP, utf8("220 ü mail.example\r\n"));
        noCutIs(Protocol.Verdict.WRONG, REDIS, utf8("+PONG\r\n"));
        noCutIs(Protocol.Verdict.WRONG, POSTGRES, PostgresMessages.authenticationOk());
        noCutIs(Protocol.Verdict.WRONG, POSTGRES, PostgresMessages.error("3D000", "no such database"));
    }

    @Test
    void aWholeCorrectAnswerIsReadyWithoutWaitingForItsEnd() {
        assertEquals(Protocol.Verdict.READY, judge(HTTP, utf8("HTTP/1.1 200\r\n\r\ngut: ü"), false));
        assertEquals(Protocol.Verdict.READY, judge(TCP, utf8("220 ü"), false));
        assertEquals(Protocol.Verdict.READY, judge(REDIS, utf8("+PONG\r\n"), false));
        assertEquals(Protocol.Verdict.READY, judge(POSTGRES, PostgresMessages.authenticationOk(), false));
        assertEquals(Protocol.Verdict.READY, judge(POSTGRES, PostgresMessages.error("3D000", "no database"), false));
    }

    @Test
    void noCutOfAWrongAnswerIsReady() {
        noCutIs(Protocol.Verdict.READY, HTTP, utf8("HTTP/1.1 503 Unavailable\r\n\r\ngut: ü"));
        noCutIs(Protocol.Verdict.READY, HTTP, utf8("HTTP/1.1 2000 OK\r\n\r\ngut: ü"));
        noCutIs(Protocol.Verdict.READY, HTTP, utf8("SSH-2.0 200 OK\r\n\r\ngut: ü"));
        noCutIs(Protocol.Verdict.READY, HTTP, utf8("HTTP/1.1 200 OK\r\nA: gut: ü\r\n\r\nschlecht"));
        noCutIs(Protocol.Verdict.READY, TCP, utf8("421 no"));
        noCutIs(Protocol.Verdict.READY, REDIS, utf8("-NOAUTH Authentication required.\r\n"));
        noCutIs(
                Protocol.Verdict.READY,
                POSTGRES,
                PostgresMessages.error("57P03", "the database system is starting up"));
        noCutIs(Protocol.Verdict.READY, POSTGRES, utf8("HTTP/1.1 400 Bad Request\r\n\r\n"));
    }

    @Test
    void anAnswerThatEndsTooSoonIsWrong() {
        assertEquals(Protocol.Verdict.WRONG, judge(HTTP, utf8("HTTP/1.1 200 OK"), true));
        assertEquals(Protocol.Verdict.WRONG, judge(HTTP, utf8("HTTP/1.1 200 OK\r\n\r\ngut"), true));
        assertEquals(Protocol.Verdict.WRONG, judge(TCP, utf8("22"), true));
        assertEquals(Protocol.Verdict.WRONG, judge(REDIS, utf8("+"), true));
        byte[] error = PostgresMessages.error("57P03", "the database system is starting up");
        for (int length = 1; length < error.length; length++) {
            assertEquals(Protocol.Verdict.WRONG, judge(POSTGRES, text(error, length), true), "after " + length);
        }
    }

    @Test
    void aLineThatNeverEndsIsWrong() {
        assertEquals(Protocol.Verdict.WRONG, judge(HTTP, "HTTP/1.1 200 " + "x".repeat(5_000), false));
    }

    @Test
    void logAndExitAreNotAskedOnTheNetwork() {
        assertNull(Protocol.of(new Readiness.Log("ready", LONG)));
        assertNull(Protocol.of(new Readiness.Exit(0, LONG)));
    }

    private static void noCutIs(Protocol.Verdict forbidden, Readiness readiness, String answer) {
        for (int length = 1; length <= answer.length(); length++) {
            String part = answer.substring(0, length);
            assertNotEquals(forbidden, judge(readiness, part, false), part);
        }
    }

    private static void noCutIs(Protocol.Verdict forbidden, Readiness readiness, byte[] answer) {
        noCutIs(forbidden, readiness, text(answer, answer.length));
    }

    private static Protocol.Verdict judge(Readiness readiness, byte[] answer, boolean ended) {
        return judge(readiness, text(answer, answer.length), ended);
    }

    private static Protocol.Verdict judge(Readiness readiness, String answer, boolean ended) {
        return Objects.requireNonNull(Protocol.of(readiness)).judge().judge(answer, ended);
    }

    private static String text(byte[] bytes, int length) {
        return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    }

    private static String utf8(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
