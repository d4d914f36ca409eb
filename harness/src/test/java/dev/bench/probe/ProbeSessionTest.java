package dev.bench.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.result.FailureKind;
import dev.bench.result.PhaseName;
import dev.bench.target.LaunchException;
import dev.bench.target.LaunchRequest;
import dev.bench.target.PhaseRecorder;
import dev.bench.workload.Readiness;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Readiness that is not asked on the network: output and exit status. */
@Timeout(30)
final class ProbeSessionTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(150);

    private final PhaseRecorder phases = new PhaseRecorder();
    private final FakeInstance instance = new FakeInstance();

    @Test
    void isReadyWhenTheLineArrivedThatMatches() throws Exception {
        try (ProbeSession session = session(new Readiness.Log("listening on \\d+$", 1, LONG))) {
            Consumer<LaunchRequest.Output> listener = session.outputListener();
            assertNotNull(listener);
            session.begin();
            listener.accept(output(1_000, "starting\nlisten"));
            assertTrue(phases.at(PhaseName.READY).isEmpty());
            listener.accept(output(2_000, "ing on 80\r\nserving\n"));

            session.await(instance);
            assertEquals(2_000, phases.at(PhaseName.READY).orElseThrow());
        }
    }

    @Test
    void matchesWithinOneLineOnly() throws Exception {
        try (ProbeSession session = session(new Readiness.Log("(?s)one.*two", 1, SHORT))) {
            session.begin();
            session.outputListener().accept(output(1_000, "one\ntwo\n"));
            LaunchException failure = assertThrows(LaunchException.class, () -> session.await(instance));

            assertEquals(FailureKind.TIMEOUT, failure.kind());
            assertTrue(String.valueOf(failure.getMessage()).contains("'(?s)one.*two'"), failure.getMessage());
        }
    }

    @Test
    void matchesALineInUtf8ThatIsCutWithinACharacter() throws Exception {
        byte[] line = "läuft".getBytes(StandardCharsets.UTF_8);
        try (ProbeSession session = session(new Readiness.Log("^läuft$", 1, LONG))) {
            session.begin();
            for (int i = 0; i < line.length; i++) {
                session.outputListener().accept(new LaunchRequest.Output(i, new byte[] {line[i]}));
            }

            session.await(instance);
            assertEquals(line.length - 1, phases.at(PhaseName.READY).orElseThrow());
        }
    }

    @Test
    void losesNothingOfALineThatIsLongerThanItKeeps() throws Exception {
        try (ProbeSession session = session(new Readiness.Log("^<end>$", 1, LONG))) {
            session.begin();
            session.outputListener().accept(output(1_000, ".".repeat(1 << 16)));
            session.outputListener().accept(output(2_000, "<end>"));

            session.await(instance);
            assertEquals(2_000, phases.at(PhaseName.READY).orElseThrow());
        }
    }

    @Test
    void aBeginningThatMatchesIsNoLineWhileItsRestIsOnItsWay() throws Exception {
        try (ProbeSession session = session(new Readiness.Log("^up$", 1, LONG))) {
            session.begin();
            session.outputListener().accept(output(1_000, "up"));
            session.outputListener().accept(output(2_000, "grading\nup"));
            assertTrue(phases.at(PhaseName.READY).isEmpty());
            session.outputListener().accept(output(3_000, "\n"));

            session.await(instance);
            assertEquals(3_000, phases.at(PhaseName.READY).orElseThrow());
        }
    }

    @ParameterizedTest
    @CsvSource({"(a|b)*c, ab", "^(.*?a){25}c, a"})
    void anExpressionThatTakesForEverEndsNothing(String pattern, String text) throws Exception {
        try (ProbeSession session = session(new Readiness.Log(pattern, 1, SHORT))) {
            session.begin();
            session.outputListener().accept(output(1_000, text.repeat(20_000) + "\n"));
            LaunchException failure = assertThrows(LaunchException.class, () -> session.await(instance));

            assertTrue(failure.getMessage().contains("for some it takes too long to tell"), failure.getMessage());
        }
    }

    @Test
    void isReadyAtTheLineThatMatchesForTheLastTimeAskedFor() throws Exception {
        try (ProbeSession session = session(new Readiness.Log("ready to accept", 2, LONG))) {
            session.begin();
            session.outputListener().accept(output(1_000, "ready to accept, ready to accept"));
            session.outputListener().accept(output(2_000, " still\nstopping\nready to"));
            assertTrue(phases.at(PhaseName.READY).isEmpty(), "one line counts once, in however many pieces it comes");
            session.outputListener().accept(output(3_000, " accept\nready to accept\n"));

            session.await(instance);
            assertEquals(3_000, phases.at(PhaseName.READY).orElseThrow());
        }
    }

    @Test
    void saysHowManyLinesMatchedWhereThereWereTooFew() {
        try (ProbeSession session = session(new Readiness.Log("up", 3, SHORT))) {
            session.begin();
            session.outputListener().accept(output(1_000, "up\nup\n"));
            LaunchException failure = assertThrows(LaunchException.class, () -> session.await(instance));

            assertTrue(failure.getMessage().startsWith("2 of 3 lines of output matched 'up'"), failure.getMessage());
        }
    }

    @Test
    void takesTheLastWordsOfAWorkloadThatHasEnded() throws Exception {
        try (ProbeSession session = session(new Readiness.Log("done", 1, LONG))) {
            session.begin();
            instance.end(0, 1_000);
            instance.whenLookedAt(() -> session.outputListener().accept(output(2_000, "done\n")));

            session.await(instance);
            assertEquals(2_000, phases.at(PhaseName.READY).orElseThrow());
        }
    }

    @Test
    void takesTheLastWordsWithoutALineFeed() throws Exception {
        try (ProbeSession session = session(new Readiness.Log("^done$", 1, LONG))) {
            session.begin();
            instance.end(0, 1_000);
            long moment = System.nanoTime();
            session.outputListener().accept(output(moment, "done"));

            session.await(instance);
            assertEquals(moment, phases.at(PhaseName.READY).orElseThrow());
        }
    }

    @Test
    void failsWhereTheWorkloadEndsWithoutTheLine() {
        try (ProbeSession session = session(new Readiness.Log("done", 1, LONG))) {
            session.begin();
            instance.end(127, System.nanoTime());
            LaunchException failure = assertThrows(LaunchException.class, () -> session.await(instance));

            assertEquals(FailureKind.EXITED, failure.kind());
            assertTrue(String.valueOf(failure.getMessage()).contains("status 127"), failure.getMessage());
        }
    }

    @Test
    void isReadyAtTheMomentOfTheExpectedEnd() throws Exception {
        try (ProbeSession session = session(new Readiness.Exit(4, LONG))) {
            assertNull(session.outputListener());
            session.begin();
            instance.end(4, 12_345);

            session.await(instance);
            assertEquals(12_345, phases.at(PhaseName.READY).orElseThrow());
        }
    }

    @Test
    void failsAtAnotherExitStatus() {
        try (ProbeSession session = session(new Readiness.Exit(0, LONG))) {
            session.begin();
            instance.end(137, 12_345);
            LaunchException failure = assertThrows(LaunchException.class, () -> session.await(instance));

            assertEquals(FailureKind.EXITED, failure.kind());
            assertTrue(String.valueOf(failure.getMessage()).contains("status 137, expected 0"), failure.getMessage());
            assertTrue(phases.at(PhaseName.READY).isEmpty());
        }
    }

    @Test
    void failsAtTheDeadlineWhereTheWorkloadDoesNotEnd() {
        try (ProbeSession session = session(new Readiness.Exit(0, SHORT))) {
            long begin = System.nanoTime();
            session.begin();
            LaunchException failure = assertThrows(LaunchException.class, () -> session.await(instance));

            assertEquals(FailureKind.TIMEOUT, failure.kind());
            assertTrue(System.nanoTime() - begin >= SHORT.toNanos());
            assertTrue(
                    String.valueOf(failure.getMessage()).contains("did not end within 0.15 s"), failure.getMessage());
        }
    }

    @Test
    void anInterruptEndsTheWait() throws Exception {
        try (ProbeSession session = session(new Readiness.Exit(0, LONG))) {
            session.begin();
            Thread.currentThread().interrupt();
            LaunchException failure = assertThrows(LaunchException.class, () -> session.await(instance));

            assertEquals(FailureKind.INTERRUPTED, failure.kind());
            assertTrue(Thread.interrupted());
        }
    }

    private ProbeSession session(Readiness readiness) {
        return new ReadinessProbe(readiness)
                .prepare(new Watched(InetAddress.getLoopbackAddress(), phases, false, false));
    }

    private static LaunchRequest.Output output(long nanos, String text) {
        return new LaunchRequest.Output(nanos, text.getBytes(StandardCharsets.UTF_8));
    }
}
