package dev.bench.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.result.Phase;
import dev.bench.result.PhaseName;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class PhaseRecorderTest {
    private static final long ORIGIN = 5_000_000_000L;

    private final PhaseRecorder phases = new PhaseRecorder();

    @Test
    void thePartsAddUpToTheWhole() {
        phases.mark(PhaseName.READY, ORIGIN + 40_250_000);
        phases.mark(PhaseName.REQUEST, ORIGIN);
        phases.mark(PhaseName.EXEC, ORIGIN + 31_000_001);
        phases.mark(PhaseName.CREATED, ORIGIN + 7_000_000);

        List<Phase> all = phases.phases();
        double sum = 0;
        for (int i = 1; i < all.size(); i++) {
            double part = all.get(i).atMs() - all.get(i - 1).atMs();
            assertTrue(part >= 0, all.toString());
            sum += part;
        }
        assertEquals(40.25, sum, 1e-9);
        assertEquals(new Phase(PhaseName.REQUEST, 0), all.get(0));
        assertEquals(new Phase(PhaseName.READY, 40.25), all.get(all.size() - 1));
    }

    @Test
    void standInOrderOfTimeWhateverTheirNames() {
        phases.mark(PhaseName.REQUEST, ORIGIN);
        phases.mark(PhaseName.STARTED, ORIGIN + 3_000_000);
        phases.mark(PhaseName.EXEC, ORIGIN + 2_000_000);
        phases.mark(PhaseName.READY, ORIGIN + 3_000_000);

        assertEquals(
                List.of(PhaseName.REQUEST, PhaseName.EXEC, PhaseName.STARTED, PhaseName.READY),
                phases.phases().stream().map(Phase::name).toList());
    }

    @Test
    void theFirstMarkCounts() {
        phases.mark(PhaseName.READY, 10);
        phases.mark(PhaseName.READY, 5);

        assertEquals(10, phases.at(PhaseName.READY).orElseThrow());
        assertTrue(phases.at(PhaseName.EXEC).isEmpty());
    }

    @Test
    void nothingIsSaidWhereNothingWasRequested() {
        phases.mark(PhaseName.READY);

        assertEquals(List.of(), phases.phases());
    }

    @Test
    void waitsForTheFirstOfSeveral() throws Exception {
        assertFalse(phases.await(Duration.ofMillis(20), PhaseName.EXEC, PhaseName.STARTED));
        Thread other = new Thread(() -> {
            phases.mark(PhaseName.CREATED);
            phases.mark(PhaseName.STARTED);
        });
        other.start();

        assertTrue(phases.await(Duration.ofSeconds(20), PhaseName.EXEC, PhaseName.STARTED));
        assertFalse(phases.await(Duration.ZERO, PhaseName.EXEC));
        other.join();
    }

    @Test
    void waitsAsLongAsItWasTold() throws Exception {
        for (long nanos : new long[] {300_000, 1_000_000, 12_345_678}) {
            long begin = System.nanoTime();
            assertFalse(phases.await(Duration.ofNanos(nanos), PhaseName.READY));
            assertTrue(System.nanoTime() - begin >= nanos, nanos + " ns");
        }
    }
}
