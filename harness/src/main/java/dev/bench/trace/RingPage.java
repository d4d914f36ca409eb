package dev.bench.trace;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Reads a page of a processor's ring buffer as {@code trace_pipe_raw} gives it, for machines that store the lowest byte
 * first. See Linux include/linux/ring_buffer.h and Documentation/trace/ring-buffer-map.rst.
 */
final class RingPage {
    static final int BYTES = 4096;

    private static final int HEADER_BYTES = 16;
    private static final int EVENT_HEADER_BYTES = 4;
    private static final int LENGTH_MASK = (1 << 20) - 1;
    private static final long MISSED = 1L << 31;
    private static final int DELTA_SHIFT = 27;
    private static final int TYPE_MASK = 31;
    private static final int PADDING = 29;
    private static final int TIME_EXTEND = 30;
    private static final int TIME_STAMP = 31;

    private RingPage() {}

    /** Takes one event. */
    @FunctionalInterface
    interface Events {
        /**
         * Takes it.
         *
         * @param nanos when it was
         * @param data what was recorded, from its beginning; only valid meanwhile
         */
        void event(long nanos, ByteBuffer data);
    }

    /**
     * Passes on the events of a page.
     *
     * @param bytes the page, or what was read of it
     * @return whether the kernel says that it dropped events before these
     */
    static boolean read(byte[] bytes, Events events) {
        ByteBuffer page = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        long nanos = page.getLong(0);
        long commit = page.getLong(8);
        int end = Math.min(bytes.length, HEADER_BYTES + (int) (commit & LENGTH_MASK));
        int position = HEADER_BYTES;
        while (position + EVENT_HEADER_BYTES <= end) {
            int header = page.getInt(position);
            int type = header & TYPE_MASK;
            long delta = Integer.toUnsignedLong(header) >>> 5;
            int body = position + EVENT_HEADER_BYTES;
            switch (type) {
                case PADDING -> {
                    if (delta == 0) {
                        return (commit & MISSED) != 0;
                    }
                    nanos += delta;
                    position = body + page.getInt(body);
                }
                case TIME_EXTEND -> {
                    nanos += (Integer.toUnsignedLong(page.getInt(body)) << DELTA_SHIFT) + delta;
                    position = body + EVENT_HEADER_BYTES;
                }
                case TIME_STAMP -> {
                    nanos = (Integer.toUnsignedLong(page.getInt(body)) << DELTA_SHIFT) + delta;
                    position = body + EVENT_HEADER_BYTES;
                }
                default -> {
                    nanos += delta;
                    // Longer events have their length, itself included, in a word of its own.
                    int data = type == 0 ? body + EVENT_HEADER_BYTES : body;
                    int next = type == 0 ? body + page.getInt(body) : body + type * Integer.BYTES;
                    events.event(nanos, page.slice(data, next - data).order(ByteOrder.LITTLE_ENDIAN));
                    position = next;
                }
            }
        }
        return (commit & MISSED) != 0;
    }
}
