package dev.bench.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Judges what a measuring JVM ended with. */
final class SessionProcessTest {
    private static final Path LOG = Path.of("/srv/session-1.log");

    @ParameterizedTest
    @CsvSource({"129, SIGHUP", "130, SIGINT", "137, SIGKILL", "143, SIGTERM"})
    void aSignalComesFromOutside(int status, String signal) {
        SessionException exception = SessionProcess.ended(status, 0, LOG);

        assertEquals(Blame.HOST, exception.blame());
        assertEquals("the measuring JVM was killed from outside (" + signal + "); run again", exception.getMessage());
    }

    @Test
    void memoryThatRanOutIsBlamedForSigkillOnly() {
        assertTrue(
                String.valueOf(SessionProcess.ended(137, 1, LOG).getMessage()).contains("memory ran out"));
        assertTrue(
                String.valueOf(SessionProcess.ended(143, 1, LOG).getMessage()).contains("SIGTERM"));
    }

    @Test
    void anyOtherStatusIsTheToolsOwn() {
        SessionException exception = SessionProcess.ended(3, 0, LOG);

        assertEquals(Blame.TOOL, exception.blame());
        assertTrue(String.valueOf(exception.getMessage()).endsWith("with status 3; see /srv/session-1.log"));
    }
}
