package dev.bench.scenario;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Holds what a scenario says of how often to launch; what it leaves out is null.
 *
 * @param blocks measured blocks per session
 * @param warmupBlocks discarded blocks
 * @param sessions measuring JVMs
 * @param seed decides the order within blocks
 * @param pause rest between launches
 */
public record ScheduleSpec(
        @Nullable Integer blocks,
        @Nullable Integer warmupBlocks,
        @Nullable Integer sessions,
        @Nullable Long seed,
        @Nullable Duration pause) {}
