package dev.bench.measure.memory;

import dev.bench.plan.MeasureSettings;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks for instances side by side, step by step, and for what the host loses to them.
 *
 * @param instances how many run at each step, strictly increasing, the first at least 1
 * @param requests HTTP requests sent to every instance before the reading after load; 0 for no such reading
 * @param floorBytes available memory below which no further step is taken, or null for a tenth of the host's memory
 * @param fill whether more are launched after the last step, as many as fit
 * @param slo within what time every instance has to answer while it is filled, or null for any
 */
public record MemorySettings(
        List<Integer> instances,
        int requests,
        @Nullable Long floorBytes,
        boolean fill,
        @Nullable Duration slo) implements MeasureSettings {
    private static final long FLOOR_SHARE = 10;

    public MemorySettings {
        instances = List.copyOf(instances);
    }

    /** Asks for steps that nothing follows. */
    public MemorySettings(List<Integer> instances, int requests, @Nullable Long floorBytes) {
        this(instances, requests, floorBytes, false, null);
    }

    /** Returns the number of instances at the last step. */
    public int most() {
        return instances.get(instances.size() - 1);
    }

    /** Returns the floor on a host with this much memory, both in bytes. */
    public long floorOn(long hostBytes) {
        return floorBytes == null ? hostBytes / FLOOR_SHARE : floorBytes;
    }
}
