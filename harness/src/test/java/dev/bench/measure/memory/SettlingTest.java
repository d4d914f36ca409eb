package dev.bench.measure.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.LongSupplier;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

class SettlingTest {
    private long nanos;

    private Settling settling(LongSupplier bytes) {
        return new Settling(Settling.STEP_WINDOW, Settling.STEP_DEADLINE, bytes, () -> nanos, sleep -> nanos += sleep);
    }

    /** Runs on a clock that only sleeping moves, over an amount that depends on the milliseconds gone by. */
    private Settling.Rest settle(LongUnaryOperator bytes) {
        return settling(() -> bytes.applyAsLong(nanos / 1_000_000)).await(() -> false);
    }

    @Test
    void takesAWholeWindowEvenWhereNothingMoves() {
        assertEquals(new Settling.Rest(true, 1.0), settle(millis -> 7L << 30));
    }

    @Test
    void waitsUntilTheLastChangeHasLeftTheWindow() {
        Settling.Rest rest = settle(millis -> millis < 3_000 ? millis << 20 : 3_000L << 20);
        assertTrue(rest.settled());
        assertEquals(4.0, rest.seconds(), 0.11);
    }

    @Test
    void givesUpOnAnAmountThatNeverRests() {
        assertEquals(new Settling.Rest(false, 10.0), settle(millis -> millis << 10));
    }

    @Test
    void aChangeJustUnderTheBoundIsRest() {
        assertTrue(settle(millis -> millis * (Settling.BOUND_BYTES - 1_000) / 1_000)
                .settled());
    }

    @Test
    void goesBackAndForthAreNoRest() {
        assertFalse(settle(millis -> millis / 100 % 2 == 0 ? 0 : 1 << 20).settled());
    }

    @Test
    void stopsWhenTold() {
        Settling.Rest rest = settling(() -> nanos).await(() -> nanos > 500_000_000);
        assertFalse(rest.settled());
        assertEquals(0.6, rest.seconds(), 0.01);
    }
}
