package dev.bench.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RingPageTest {
    private final ByteBuffer page = ByteBuffer.allocate(RingPage.BYTES).order(ByteOrder.LITTLE_ENDIAN);

    private static int header(int type, int delta) {
        return type | delta << 5;
    }

    private List<String> read(long flags) {
        page.putLong(0, 1_000).putLong(8, page.position() - 16 | flags);
        List<String> events = new ArrayList<>();
        assertEquals(
                flags != 0,
                RingPage.read(
                        page.array(),
                        (nanos, data) -> events.add(nanos + ":" + data.getInt(0) + "+" + data.remaining())));
        return events;
    }

    @Test
    void readsShortAndLongEvents() {
        page.position(16);
        page.putInt(header(2, 5)).putInt(7).putInt(0);
        // Of a longer one the length stands in the first word, which it counts itself.
        page.putInt(header(0, 10)).putInt(4 + 8).putInt(8).putInt(0);
        page.putInt(header(1, 0)).putInt(9);
        assertEquals(List.of("1005:7+8", "1015:8+8", "1015:9+4"), read(0));
    }

    @Test
    void followsTheClock() {
        page.position(16);
        // One unit of the upper part is 2^27 ns.
        page.putInt(header(30, 1)).putInt(2);
        page.putInt(header(1, 0)).putInt(1);
        page.putInt(header(31, 3)).putInt(1);
        page.putInt(header(1, 4)).putInt(2);
        assertEquals(List.of(1_001 + (2L << 27) + ":1+4", 7 + (1L << 27) + ":2+4"), read(0));
    }

    @Test
    void passesOverWhatWasDiscardedAndEndsAtTheRest() {
        page.position(16);
        page.putInt(header(29, 4)).putInt(4 + 4).putInt(99);
        page.putInt(header(1, 0)).putInt(1);
        page.putInt(header(29, 0)).putInt(0).putInt(header(1, 0)).putInt(2);
        assertEquals(List.of("1004:1+4"), read(0));
    }

    @Test
    void tellsThatTheKernelDroppedEvents() {
        page.position(16);
        page.putInt(header(1, 0)).putInt(1);
        assertEquals(List.of("1000:1+4"), read(1L << 31));
    }

    @Test
    void readsNothingOfAnEmptyPage() {
        page.position(16);
        assertTrue(read(0).isEmpty());
        assertFalse(RingPage.read(new byte[RingPage.BYTES], (nanos, data) -> {
            throw new AssertionError("an event");
        }));
    }
}
