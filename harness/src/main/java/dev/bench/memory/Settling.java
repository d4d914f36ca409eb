package dev.bench.memory;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Waits until a quantity of memory has come to rest: over one second it changed by less than half a mebibyte, whichever
 * way. Gives up after ten seconds, because a host that is never quiet must not hold up a run for ever.
 *
 * @param bytes reads the quantity, in bytes
 * @param nanos reads the clock, {@link System#nanoTime}
 * @param sleep waits for so many nanoseconds
 */
record Settling(LongSupplier bytes, LongSupplier nanos, LongConsumer sleep) {
    /** Longest change within the window that counts as rest, in bytes. */
    static final long BOUND_BYTES = 512L << 10;

    static final Duration WINDOW = Duration.ofSeconds(1);
    static final Duration DEADLINE = Duration.ofSeconds(10);

    private static final long INTERVAL_NANOS = 100_000_000;

    /**
     * Tells how the waiting ended.
     *
     * @param settled whether the quantity came to rest before the deadline
     * @param seconds how long it took
     */
    record Outcome(boolean settled, double seconds) {}

    private record Sample(long nanos, long bytes) {}

    /** Waits; ends early, not settled, where it is told to stop. */
    Outcome await(BooleanSupplier stop) {
        long begin = nanos.getAsLong();
        Deque<Sample> window = new ArrayDeque<>();
        while (true) {
            long now = nanos.getAsLong();
            window.addLast(new Sample(now, bytes.getAsLong()));
            // The oldest sample stays until the next one is old enough, so that the window is never shorter than it
            // says.
            while (window.size() > 1 && now - second(window).nanos() >= WINDOW.toNanos()) {
                window.removeFirst();
            }
            boolean full = now - window.getFirst().nanos() >= WINDOW.toNanos();
            if (full && range(window) < BOUND_BYTES) {
                return new Outcome(true, (now - begin) / 1e9);
            }
            if (now - begin >= DEADLINE.toNanos() || stop.getAsBoolean()) {
                return new Outcome(false, (now - begin) / 1e9);
            }
            sleep.accept(INTERVAL_NANOS);
        }
    }

    private static Sample second(Deque<Sample> window) {
        var samples = window.iterator();
        samples.next();
        return samples.next();
    }

    private static long range(Deque<Sample> window) {
        long least = Long.MAX_VALUE;
        long most = Long.MIN_VALUE;
        for (Sample sample : window) {
            least = Math.min(least, sample.bytes());
            most = Math.max(most, sample.bytes());
        }
        return most - least;
    }
}
