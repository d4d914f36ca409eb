package dev.bench.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.result.FailureKind;
import dev.bench.result.Phase;
import dev.bench.session.Operation;
import dev.bench.target.LaunchException;
import dev.bench.target.RemovalException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Executes operations by JMH itself, in this JVM. */
final class JmhLaunchDriverTest {
    private final JmhLaunchDriver driver = new JmhLaunchDriver();
    private final List<String> done = new ArrayList<>();

    @Test
    void theStartIsTimedAndTheRemovalIsNot() throws LaunchException {
        long begin = System.nanoTime();
        double score = driver.execute(new Scripted(() -> busy(30_000_000), () -> busy(60_000_000)));
        double whole = (System.nanoTime() - begin) / 1e6;

        assertEquals(List.of("start", "remove"), done);
        assertTrue(score >= 30 && score < whole - 60, score + " of " + whole);
    }

    @Test
    void aLaunchThatFailsIsThrownAsItWasAndRemoved() {
        LaunchException failure = new LaunchException(FailureKind.TIMEOUT, "too late", null);

        LaunchException thrown = assertThrows(
                LaunchException.class,
                () -> driver.execute(new Scripted(
                        () -> {
                            throw failure;
                        },
                        () -> {})));

        assertSame(failure, thrown);
        assertEquals(List.of("start", "remove"), done);
    }

    @Test
    void anyOtherFaultIsOneOfTheEngine() {
        LaunchException thrown = assertThrows(
                LaunchException.class,
                () -> driver.execute(new Scripted(
                        () -> {
                            throw new IllegalStateException("broken");
                        },
                        () -> {})));

        assertEquals(FailureKind.ENGINE, thrown.kind());
        assertTrue(thrown.getMessage().startsWith("JMH could not run the launch: "), thrown.getMessage());
        assertEquals(List.of("start", "remove"), done);
    }

    @Test
    void aRemovalThatFailsIsThrown() {
        RemovalException failure = new RemovalException("is not removed", null);

        RemovalException thrown = assertThrows(
                RemovalException.class,
                () -> driver.execute(new Scripted(() -> {}, () -> {
                    throw failure;
                })));

        assertSame(failure, thrown);
        assertThrows(IllegalStateException.class, () -> new LaunchBenchmark().launch(), "nothing is left to launch");
    }

    @Test
    void oneOperationFollowsAnotherAndNoneIsLeft() throws LaunchException {
        driver.execute(new Scripted(() -> {}, () -> {}));
        driver.execute(new Scripted(() -> {}, () -> {}));

        assertEquals(List.of("start", "remove", "start", "remove"), done);
        assertThrows(IllegalStateException.class, () -> new LaunchBenchmark().launch());
    }

    private static void busy(long nanos) {
        long until = System.nanoTime() + nanos;
        while (System.nanoTime() < until) {
            Thread.onSpinWait();
        }
    }

    /** Does a piece of work that may fail. */
    @FunctionalInterface
    private interface Work {
        void run() throws LaunchException;
    }

    private final class Scripted implements Operation {
        private final Work start;
        private final Runnable removal;

        Scripted(Work start, Runnable removal) {
            this.start = start;
            this.removal = removal;
        }

        @Override
        public String label() {
            return "target (A/A)";
        }

        @Override
        public Path log() {
            return Path.of("/nowhere.log");
        }

        @Override
        public void start() throws LaunchException {
            done.add("start");
            start.run();
        }

        @Override
        public void remove() {
            done.add("remove");
            removal.run();
        }

        @Override
        public void cancel() {}

        @Override
        public Map<String, Double> values() {
            return Map.of();
        }

        @Override
        public List<Phase> phases() {
            return List.of();
        }
    }
}
