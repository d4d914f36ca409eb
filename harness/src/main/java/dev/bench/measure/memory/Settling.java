package dev.bench.measure.memory;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Waits until a quantity of memory has come to rest: over a window it changed by less than half a mebibyte, whichever
 * way. Gives up at a deadline, because a host that is never quiet must not hold up a run for ever.
 *
 * @param window how long the quantity has to rest
 * @param deadline how long the waiting may take
 * @param bytes reads the quantity, in bytes
 * @param nanos reads the clock, {@link System#nanoTime}
 * @param sleep waits for so many nanoseconds
 */
record Settling(Duration window, Duration deadline, LongSupplier bytes, LongSupplier nanos, LongConsumer sleep) {
    /** Largest change within the window that counts as rest, in bytes. */
    static final long BOUND_BYTES = 512L << 10;

    /** After launches: what they take, they take soon. */
    static final Duration STEP_WINDOW = Duration.ofSeconds(1);

    static final Duration STEP_DEADLINE = Duration.ofSeconds(10);

    /**
     * Before the first launch: what the ramp before gave back may come back slowly. A host that is a machine itself and
     * reports its free pages to the one below (CONFIG_PAGE_REPORTING) takes them off its lists meanwhile, a few
     * mebibytes at a time with pauses of up to two seconds.
     */
    static final Duration BASE_WINDOW = Duration.ofSeconds(3);

    static final Duration BASE_DEADLINE = Duration.ofSeconds(45);

    private static final long INTERVAL_NANOS = 100_000_000;

    /**
     * Tells how the waiting ended.
     *
     * @param settled whether the quantity came to rest before the deadline
     * @param seconds how long it took
     */
    record Rest(boolean settled, double seconds) {}

    private record Sample(long nanos, long bytes) {}

    /** Waits; ends early, not settled, where it is told to stop. */
    Rest await(BooleanSupplier stop) {
        long begin = nanos.getAsLong();
        Deque<Sample> samples = new ArrayDeque<>();
        while (true) {
            long now = nanos.getAsLong();
            samples.addLast(new Sample(now, bytes.getAsLong()));
            // The oldest sample stays until the next one is old enough, so that the window is never shorter than it
            // says.
            while (samples.size() > 1 && now - second(samples).nanos() >= window.toNanos()) {
                samples.removeFirst();
            }
            boolean full = now - samples.getFirst().nanos() >= window.toNanos();
            if (full && range(samples) < BOUND_BYTES) {
                return new Rest(true, (now - begin) / 1e9);
            }
            if (now - begin >= deadline.toNanos() || stop.getAsBoolean()) {
                return new Rest(false, (now - begin) / 1e9);
            }
            sleep.accept(INTERVAL_NANOS);
        }
    }

    private static Sample second(Deque<Sample> samples) {
        var iterator = samples.iterator();
        iterator.next();
        return iterator.next();
    }

    private static long range(Deque<Sample> samples) {
        long least = Long.MAX_VALUE;
        long most = Long.MIN_VALUE;
        for (Sample sample : samples) {
            least = Math.min(least, sample.bytes());
            most = Math.max(most, sample.bytes());
        }
        return most - least;
    }
}
