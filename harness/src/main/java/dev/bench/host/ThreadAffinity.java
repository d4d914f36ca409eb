package dev.bench.host;

import com.sun.jna.Library;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import java.io.File;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads and sets which processors a thread may run on (sched_setaffinity(2)). Safe for use by several threads. */
public final class ThreadAffinity {
    private static final int CALLER = 0;
    private static final int MASK_BYTES = 1024;

    private ThreadAffinity() {}

    /** Does a piece of work with a result. */
    @FunctionalInterface
    public interface Work<T, E extends Exception> {
        /** Does the work. */
        T run() throws E;
    }

    /** Calls the part of the C library that does it; each returns a negative number where it fails. */
    interface Scheduler extends Library {
        Scheduler INSTANCE = Native.load("c", Scheduler.class);

        int sched_getaffinity(int thread, NativeLong size, Memory mask);

        int sched_setaffinity(int thread, NativeLong size, Memory mask);
    }

    /** Returns the processors of the calling thread; empty where the host does not say. */
    public static BitSet ofCaller() {
        Memory mask = new Memory(MASK_BYTES);
        mask.clear();
        return Scheduler.INSTANCE.sched_getaffinity(CALLER, new NativeLong(MASK_BYTES), mask) < 0
                ? new BitSet()
                : BitSet.valueOf(mask.getByteArray(0, MASK_BYTES));
    }

    /** Lets the calling thread run on these processors only; nothing happens where the host refuses. */
    public static void setCaller(BitSet processors) {
        set(CALLER, processors);
    }

    /**
     * Does some work on the first of the processors that the calling thread may use. Threads that come into being
     * meanwhile, and would inherit the restriction, are freed of it with the caller.
     */
    public static <T, E extends Exception> T onFirstProcessor(Work<T, E> work) throws E {
        BitSet before = ofCaller();
        if (before.cardinality() < 2) {
            return work.run();
        }
        Set<String> threads = new HashSet<>(threads());
        BitSet first = new BitSet();
        first.set(before.nextSetBit(0));
        setCaller(first);
        try {
            return work.run();
        } finally {
            setCaller(before);
            for (String thread : threads()) {
                if (!threads.contains(thread)) {
                    set(Integer.parseInt(thread), before);
                }
            }
        }
    }

    private static List<String> threads() {
        String[] threads = new File("/proc/self/task").list();
        return threads == null ? List.of() : Arrays.asList(threads);
    }

    private static void set(int thread, BitSet processors) {
        byte[] bytes = processors.toByteArray();
        Memory mask = new Memory(MASK_BYTES);
        mask.clear();
        mask.write(0, bytes, 0, bytes.length);
        Scheduler.INSTANCE.sched_setaffinity(thread, new NativeLong(MASK_BYTES), mask);
    }
}
