package dev.bench.load;

import com.sun.jna.Library;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;

/**
 * Keeps the generator's threads on processors of their own where a host has enough: the last ones, which the instances
 * are kept away from.
 */
final class Affinity {
    /** With fewer, a processor for the client alone would be taken from what is measured. */
    private static final int LEAST_PROCESSORS = 4;

    private static final int MASK_BYTES = 128;

    private final int first;
    private final int count;

    private Affinity(int first, int count) {
        this.first = first;
        this.count = count;
    }

    /** Is the C library's part that sets a thread's processors. */
    interface Scheduler extends Library {
        Scheduler INSTANCE = Native.load("c", Scheduler.class);

        /** Sets the processors of a thread, 0 for the calling one; returns 0 where it is done (sched_setaffinity(2)). */
        int sched_setaffinity(int thread, NativeLong size, Memory mask);
    }

    static Affinity of(int processors, int loops) {
        return processors < LEAST_PROCESSORS ? new Affinity(0, 0) : new Affinity(processors - loops, loops);
    }

    /** Returns the other processors as a list that the kernel understands; empty where nothing is set apart. */
    String others() {
        return count == 0 ? "" : "0-" + (first - 1);
    }

    void pinCurrentThread() {
        if (count == 0) {
            return;
        }
        Memory mask = new Memory(MASK_BYTES);
        mask.clear();
        for (int processor = first; processor < first + count; processor++) {
            byte bits = mask.getByte(processor / 8);
            mask.setByte(processor / 8, (byte) (bits | 1 << processor % 8));
        }
        Scheduler.INSTANCE.sched_setaffinity(0, new NativeLong(MASK_BYTES), mask);
    }
}
