package dev.bench.scenario;

import java.time.Duration;
import java.util.List;

/** Holds every default of a scenario, in one place. */
public final class Defaults {
    /** Processors' worth of time an instance may use. */
    public static final double CPUS = 1;

    /** Memory of an instance: what a small server gets, and enough for a stock kernel to boot in. */
    public static final long MEMORY_BYTES = 256L << 20;

    /** Time to become ready: an emulated machine boots in seconds, an emulated JVM service in tens of them. */
    public static final Duration READY_TIMEOUT = Duration.ofSeconds(60);

    /** Measured blocks: from 20 on the signed-rank interval is used, and a change of 10 % is found. */
    public static final int BLOCKS = 20;

    /** Discarded blocks: the first launch of a JVM loads classes, of an engine fills caches. */
    public static final int WARMUP_BLOCKS = 1;

    /** Measuring JVMs. */
    public static final int SESSIONS = 1;

    /** Measuring JVMs of a gate, and the fewest it takes: one may have had bad luck from its start to its end. */
    public static final int GATE_SESSIONS = 2;

    /** Starts under way at a time, in scale-out. */
    public static final int START_CONCURRENCY = 8;

    /** Connections of a load: enough to keep a few instances busy, few enough for one thread to serve. */
    public static final int CONNECTIONS = 16;

    /** The measured window of a load: long enough for a 99th percentile from some hundred requests a second on. */
    public static final Duration LOAD_DURATION = Duration.ofSeconds(5);
    /** Instances side by side at each step: enough for a slope, few enough for a small host. */
    public static final List<Integer> INSTANCES = List.of(1, 2, 4, 8);

    private Defaults() {}
}
