package dev.bench.measure.memory;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.bench.result.DetailFile;
import dev.bench.result.SortedMaps;
import java.util.Map;

/**
 * Records what memory looked like while a number of instances of one target ran: a line of {@code readings.jsonl}.
 *
 * @param session number of the measuring JVM, from 1
 * @param block number of the block within the session
 * @param target name of the target, or of its A/A copy
 * @param warmup whether the reading belongs to a discarded block
 * @param instances number of instances running, 0 for the reading that the others are compared with
 * @param loaded whether the instances had served the scenario's requests before
 * @param settled whether the host's memory had come to rest before the deadline
 * @param settleSeconds how long that took
 * @param values name of a {@link Value} or of a detail to its amount in MiB, sums over all instances
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record MemoryReading(
        int session,
        int block,
        String target,
        boolean warmup,
        int instances,
        boolean loaded,
        boolean settled,
        double settleSeconds,
        Map<String, Double> values) {
    /** What a reading of the guest's own view is called, followed by the name of the line in its {@code meminfo}. */
    public static final String INSIDE = "inside.";

    /** Where readings are stored. */
    public static final DetailFile<MemoryReading> FILE =
            new DetailFile<>("readings.jsonl", MemoryReading.class, "a reading");

    public MemoryReading {
        values = SortedMaps.copyOf(values);
    }

    /** Names what a reading holds. */
    public enum Value {
        /** MemAvailable of the host. */
        AVAILABLE("host.available"),
        /** Free pages in lists of the processors' own, which MemAvailable does not hold. */
        LISTED("host.free_lists"),
        /** Page cache of the host, shared memory left out; nearly all of it counts as available. */
        PAGE_CACHE("host.page_cache"),
        /** Kernel memory that cannot be reclaimed: slab, stacks, page tables and per-processor data. */
        KERNEL("host.kernel"),
        /** Private memory of the harness's own JVMs, which is no cost of an instance. */
        HARNESS("harness.private"),
        /** Resident set of the harness's own JVMs. */
        HARNESS_RESIDENT("harness.resident"),
        /** Private memory of every process that has to do with neither the harness, nor the engine, nor an instance. */
        FOREIGN("foreign.private"),
        /** Private memory of the engine's daemons. */
        DAEMON("daemon.private"),
        /** Private memory of the workload's processes on the host's kernel. */
        WORKLOAD("workload.private"),
        /** Private memory of shims, launchers and proxies. */
        SHIM("shim.private"),
        /** Private memory of the machine monitor beside the guest's memory. */
        MONITOR("monitor.private"),
        /** Guest memory that the host backs. */
        GUEST_BACKED("guest.backed"),
        /** Of that, what the guest's processes hold. */
        GUEST_WORKLOAD("guest.workload"),
        /** Of that, the guest's page cache. */
        GUEST_CACHE("guest.cache"),
        /** Of that, what the guest's kernel holds. */
        GUEST_KERNEL("guest.kernel"),
        /** Of that, what the guest once used and has free now. */
        GUEST_FREE("guest.free"),
        /** PSS of every process of the instances. */
        PSS("pss"),
        /** PSS of file pages among it. */
        PSS_FILE("pss.file"),
        /** Anonymous memory charged to the control groups. */
        CGROUP_ANONYMOUS("cgroup.anon"),
        /** File pages charged to the control groups. */
        CGROUP_FILE("cgroup.file"),
        /** Shared memory charged to the control groups. */
        CGROUP_SHARED("cgroup.shmem"),
        /** Kernel memory charged to the control groups, slab included. */
        CGROUP_KERNEL("cgroup.kernel"),
        /** Slab among it. */
        CGROUP_SLAB("cgroup.slab"),
        /** Everything charged to the control groups. */
        CGROUP_TOTAL("cgroup.total"),
        /** Pages that same-page merging shares. */
        MERGED("host.ksm_sharing"),
        /** Anonymous memory in huge pages. */
        HUGE("host.anon_huge"),
        /** Swap in use. */
        SWAPPED("host.swapped"),
        /** Files on disk made for the instances. */
        DISK_LAYER("disk.layer");

        private final String id;

        Value(String id) {
            this.id = id;
        }

        /** Returns the stored name. */
        public String id() {
            return id;
        }
    }

    /** Returns an amount in MiB, 0 where the reading does not hold it. */
    public double value(Value value) {
        return values.getOrDefault(value.id(), 0.0);
    }

    /** Returns whether the reading holds an amount. */
    public boolean has(Value value) {
        return values.containsKey(value.id());
    }

    /**
     * Returns the available memory in MiB, free lists included, that the host has lost since a reading, less what the harness itself and
     * processes that have nothing to do with the run took in that time.
     */
    public double lossSince(MemoryReading base) {
        return -growth(base, Value.AVAILABLE)
                - growth(base, Value.LISTED)
                - growth(base, Value.HARNESS)
                - growth(base, Value.FOREIGN);
    }

    private double growth(MemoryReading base, Value value) {
        return value(value) - base.value(value);
    }
}
