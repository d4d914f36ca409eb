package dev.bench.load;

import dev.bench.host.ThreadAffinity;
import java.util.BitSet;

/**
 * Keeps the generator's threads on processors of their own where a host has enough: the last ones, which the instances
 * are kept away from.
 */
final class Affinity {
    /** With fewer, a processor for the client alone would be taken from what is measured. */
    private static final int LEAST_PROCESSORS = 4;

    private final int first;
    private final int count;

    private Affinity(int first, int count) {
        this.first = first;
        this.count = count;
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
        BitSet processors = new BitSet();
        processors.set(first, first + count);
        ThreadAffinity.setCaller(processors);
    }
}
