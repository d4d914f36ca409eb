package dev.bench.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class CancellationTest {
    private final Cancellation cancellation = new Cancellation();
    private final AtomicInteger calls = new AtomicInteger();

    @Test
    void tellsEveryListenerOnce() {
        cancellation.onRequest(calls::incrementAndGet);
        cancellation.onRequest(calls::incrementAndGet);
        assertFalse(cancellation.requested());
        assertEquals(0, calls.get());

        cancellation.request();
        cancellation.request();
        assertTrue(cancellation.requested());
        assertEquals(2, calls.get());
    }

    @Test
    void tellsAListenerThatComesTooLate() {
        cancellation.request();
        cancellation.onRequest(calls::incrementAndGet);

        assertEquals(1, calls.get());
    }
}
