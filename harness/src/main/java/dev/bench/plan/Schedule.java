package dev.bench.plan;

import java.time.Duration;

/**
 * Says how often a run launches, and in which order.
 *
 * @param blocks measured blocks per session
 * @param warmupBlocks blocks discarded at the start of each session
 * @param sessions measuring JVMs
 * @param seed decides the order within blocks
 * @param pause rest between two launches
 */
public record Schedule(int blocks, int warmupBlocks, int sessions, long seed, Duration pause) {
    /** Returns the blocks of a session, discarded ones included. */
    public int blocksPerSession() {
        return warmupBlocks + blocks;
    }

    /** Returns whether a block, counted from 0 with those that are discarded, is discarded. */
    public boolean discards(int block) {
        return block < warmupBlocks;
    }
}
