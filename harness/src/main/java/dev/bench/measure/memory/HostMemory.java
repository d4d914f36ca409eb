package dev.bench.measure.memory;

import dev.bench.host.ProcessMemory;
import dev.bench.host.SystemFiles;
import dev.bench.measure.memory.MemoryReading.Value;
import java.util.Map;

/** Reads the whole host's memory. */
final class HostMemory {
    private static final long PAGE_BYTES = 4096;
    private static final String LISTED = "count:";

    private final SystemFiles files;

    HostMemory(SystemFiles files) {
        this.files = files;
    }

    /** Returns what the kernel estimates it could still give without swapping, free lists included, in bytes. */
    long availableBytes() {
        return files.memoryBytes("MemAvailable").orElse(0L) + listedBytes();
    }

    /**
     * Returns the free pages that processors keep in lists of their own, in bytes. The kernel counts them as used, though
     * they are what it gives out first; on a large zone there are tens of mebibytes of them (mm/page_alloc.c, pagesets in
     * {@code /proc/zoneinfo}).
     */
    private long listedBytes() {
        long pages = 0;
        for (String line : files.lines("/proc/zoneinfo")) {
            String text = line.strip();
            if (text.startsWith(LISTED)) {
                String count = text.substring(LISTED.length()).strip();
                pages += count.matches("[0-9]{1,15}") ? Long.parseLong(count) : 0;
            }
        }
        return pages * PAGE_BYTES;
    }

    /** Returns all there is, in bytes. */
    long totalBytes() {
        return files.memoryBytes("MemTotal").orElse(0L);
    }

    /** Notes the host's part of a reading. */
    void read(Map<String, Double> values) {
        Map<String, Long> sizes = ProcessMemory.sizes(files.lines("/proc/meminfo"));
        put(values, Value.AVAILABLE, sizes.getOrDefault("MemAvailable", 0L));
        put(values, Value.LISTED, listedBytes());
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
