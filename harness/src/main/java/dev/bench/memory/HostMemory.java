package dev.bench.memory;

import dev.bench.host.ProcessMemory;
import dev.bench.host.SystemFiles;
import dev.bench.result.MemoryReading.Value;
import java.util.Map;

/** Reads the whole host's memory. */
final class HostMemory {
    private static final long PAGE_BYTES = 4096;

    private final SystemFiles files;

    HostMemory(SystemFiles files) {
        this.files = files;
    }

    /** Returns what the kernel estimates it could still give without swapping, in bytes. */
    long availableBytes() {
        return files.memoryBytes("MemAvailable").orElse(0L);
    }

    /** Returns all there is, in bytes. */
    long totalBytes() {
        return files.memoryBytes("MemTotal").orElse(0L);
    }

    /** Notes the host's part of a reading. */
    void read(Map<String, Double> values) {
        Map<String, Long> sizes = ProcessMemory.sizes(files.lines("/proc/meminfo"));
        put(values, Value.AVAILABLE, sizes.getOrDefault("MemAvailable", 0L));
        put(
                values,
                Value.PAGE_CACHE,
                sizes.getOrDefault("Cached", 0L) + sizes.getOrDefault("Buffers", 0L) - sizes.getOrDefault("Shmem", 0L));
        put(
                values,
                Value.KERNEL,
                sizes.getOrDefault("SUnreclaim", 0L)
                        + sizes.getOrDefault("KernelStack", 0L)
                        + sizes.getOrDefault("PageTables", 0L)
                        + sizes.getOrDefault("Percpu", 0L));
        put(values, Value.HUGE, sizes.getOrDefault("AnonHugePages", 0L));
        put(values, Value.SWAPPED, sizes.getOrDefault("SwapTotal", 0L) - sizes.getOrDefault("SwapFree", 0L));
        put(
                values,
                Value.MERGED,
                files.number("/sys/kernel/mm/ksm/pages_sharing").orElse(0L) * PAGE_BYTES);
    }

    /** Adds an amount in bytes to a value in MiB. */
    static void put(Map<String, Double> values, Value value, long bytes) {
        values.merge(value.id(), bytes / (double) (1 << 20), Double::sum);
    }
}
