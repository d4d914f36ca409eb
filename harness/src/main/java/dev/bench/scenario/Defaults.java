package dev.bench.scenario;

/** Holds what a scenario leaves out, and the most that it can ask for, where no measure says so. */
public final class Defaults {
    /** Processors' worth of time an instance may use. */
    public static final double CPUS = 1;

    /** Memory of an instance: what a small server gets, and enough for a stock kernel to boot in. */
    public static final long MEMORY_BYTES = 256L << 20;

    /** Measured blocks: from 20 on the signed-rank interval is used, and a change of 10 % is found. */
    public static final int BLOCKS = 20;

    /** Discarded blocks: the first launch of a JVM loads classes, of an engine fills caches. */
    public static final int WARMUP_BLOCKS = 1;

    /** Measuring JVMs. */
    public static final int SESSIONS = 1;

    /** Measuring JVMs of a gate, and the fewest it takes: one may have had bad luck from its start to its end. */
    public static final int GATE_SESSIONS = 2;

    /** The most blocks of a session. */
    public static final int MOST_BLOCKS = 10_000;

    /** The most discarded blocks of a session. */
    public static final int MOST_WARMUP_BLOCKS = 10;

    /** The most sessions. */
    public static final int MOST_SESSIONS = 20;

    private Defaults() {}
}
