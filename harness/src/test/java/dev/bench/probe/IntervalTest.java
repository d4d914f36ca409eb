package dev.bench.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class IntervalTest {
    private static final long MICROSECOND = 1_000;
    private static final long MILLISECOND = 1_000_000;
    private static final long SECOND = 1_000_000_000;

    @Test
    void theHostsKernelIsAskedOften() {
        assertEquals(200 * MICROSECOND, NetworkProber.interval(0, 50 * MICROSECOND, false));
        assertEquals(200 * MICROSECOND, NetworkProber.interval(0, 9 * MILLISECOND, false), "a hiccup changes nothing");
    }

    @Test
    void aGuestIsAskedInProportionToWhatRefusingCostsIt() {
        long quick = NetworkProber.interval(0, 130 * MICROSECOND, true);
        long emulated = NetworkProber.interval(0, 280 * MICROSECOND, true);
        assertEquals(600 * MICROSECOND, quick);
        assertTrue(emulated > 5 * 280 * MICROSECOND, "more than a sixth of its time: " + emulated);
        assertEquals(1_500 * MICROSECOND, NetworkProber.interval(0, 20 * MILLISECOND, true), "and still precise");
    }

    @Test
    void patienceGrows() {
        assertEquals(2 * MILLISECOND, NetworkProber.interval(SECOND, 50 * MICROSECOND, false));
        assertEquals(2 * MILLISECOND, NetworkProber.interval(SECOND, 20 * MILLISECOND, true));
        assertEquals(5 * MILLISECOND, NetworkProber.interval(10 * SECOND, 50 * MICROSECOND, false));
    }

    @Test
    void ofSeveralEachIsAskedByTheTimeItHasTaken() {
        assertEquals(4 * MILLISECOND, NetworkProber.sharedInterval(200 * MICROSECOND, SECOND));
        assertEquals(200 * MICROSECOND, NetworkProber.sharedInterval(200 * MICROSECOND, 10 * MILLISECOND));
        assertEquals(25 * MILLISECOND, NetworkProber.sharedInterval(200 * MICROSECOND, 100 * SECOND));
    }
}
