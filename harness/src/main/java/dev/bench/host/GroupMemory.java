package dev.bench.host;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Holds what a memory control group is charged, in bytes, told apart the same way for versions 1 and 2 of the hierarchy.
 *
 * @param total everything
 * @param anonymous memory without a file, shared memory left out
 * @param file page cache, shared memory left out
 * @param shared shared memory and memory file systems
 * @param kernel everything the kernel allocated for the group's processes, slab included
 * @param slab slab among it; empty for version 1, which does not tell
 */
public record GroupMemory(long total, long anonymous, long file, long shared, long kernel, OptionalLong slab) {
    private static final List<String> KERNEL_PARTS = List.of("kernel_stack", "pagetables", "percpu", "slab", "sock");

    /** Reads a group's directory; nothing but zeros where it is gone. */
    public static GroupMemory of(Path group) {
        // Control groups are files like any others, only below another root.
        SystemFiles files = new SystemFiles(group);
        Map<String, Long> stat = new HashMap<>();
        for (String line : files.lines("/memory.stat")) {
            int space = line.indexOf(' ');
            if (space > 0 && line.substring(space + 1).matches("[0-9]{1,18}")) {
                stat.put(line.substring(0, space), Long.parseLong(line.substring(space + 1)));
            }
        }
        return files.exists("/memory.current") ? version2(files, stat) : version1(files, stat);
    }

    /** Version 2 counts shared memory as file pages (Documentation/admin-guide/cgroup-v2.rst). */
    private static GroupMemory version2(SystemFiles files, Map<String, Long> stat) {
        long shared = stat.getOrDefault("shmem", 0L);
        long parts = KERNEL_PARTS.stream()
                .mapToLong(part -> stat.getOrDefault(part, 0L))
                .sum();
        return new GroupMemory(
                files.number("/memory.current").orElse(0L),
                stat.getOrDefault("anon", 0L),
                stat.getOrDefault("file", 0L) - shared,
                shared,
                stat.getOrDefault("kernel", parts),
                stat.containsKey("slab") ? OptionalLong.of(stat.get("slab")) : OptionalLong.empty());
    }

    /**
     * Version 1 says {@code rss} for anonymous memory, counts shared memory as cache, and sums over the groups below in
     * lines of their own (Documentation/admin-guide/cgroup-v1/memory.rst).
     */
    private static GroupMemory version1(SystemFiles files, Map<String, Long> stat) {
        long shared = stat.getOrDefault("total_shmem", 0L);
        return new GroupMemory(
                files.number("/memory.usage_in_bytes").orElse(0L),
                stat.getOrDefault("total_rss", 0L),
                stat.getOrDefault("total_cache", 0L) - shared,
                shared,
                files.number("/memory.kmem.usage_in_bytes").orElse(0L),
                OptionalLong.empty());
    }
}
