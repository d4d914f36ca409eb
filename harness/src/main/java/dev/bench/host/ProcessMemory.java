package dev.bench.host;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Holds what one process keeps in memory, in bytes. A page that several processes map counts in each with its share, so
 * that sums over processes count nothing twice (PSS, proc(5)).
 *
 * @param pss everything
 * @param pssPrivate anonymous and shared memory: what has no file behind it and cannot be dropped
 * @param pssFile pages of files, which the kernel can drop and read again
 * @param resident everything, shared pages counted in full
 */
public record ProcessMemory(long pss, long pssPrivate, long pssFile, long resident) {
    private static final ProcessMemory NONE = new ProcessMemory(0, 0, 0, 0);

    /** Reads a process; nothing but zeros where it is gone or may not be read. */
    public static ProcessMemory of(SystemFiles files, long pid) {
        Map<String, Long> rollup = sizes(files.lines("/proc/" + pid + "/smaps_rollup"));
        if (!rollup.containsKey("Pss")) {
            return NONE;
        }
        long pss = rollup.get("Pss");
        // Before Linux 5.4 the kinds are not told apart.
        long anonymous = rollup.getOrDefault("Pss_Anon", rollup.getOrDefault("Anonymous", 0L));
        long shared = rollup.getOrDefault("Pss_Shmem", 0L);
        return new ProcessMemory(
                pss,
                anonymous + shared,
                rollup.getOrDefault("Pss_File", pss - anonymous - shared),
                rollup.getOrDefault("Rss", 0L));
    }

    /** Adds two processes. */
    public ProcessMemory plus(ProcessMemory other) {
        return new ProcessMemory(
                pss + other.pss, pssPrivate + other.pssPrivate, pssFile + other.pssFile, resident + other.resident);
    }

    /** Returns nothing at all: what a sum begins with. */
    public static ProcessMemory none() {
        return NONE;
    }

    /**
     * Returns how much of a mapping is in memory, the smallest one that has at least a size: a machine monitor maps its
     * guest's memory in one piece, and little beside it is as large.
     *
     * @return its PSS in bytes; empty where no mapping is that large
     */
    public static Optional<Long> ofMapping(SystemFiles files, long pid, long leastBytes) {
        long smallest = Long.MAX_VALUE;
        Optional<Long> found = Optional.empty();
        long size = 0;
        for (String line : files.lines("/proc/" + pid + "/smaps")) {
            if (line.startsWith("Size:")) {
                size = bytes(line);
            } else if (line.startsWith("Pss:") && size >= leastBytes && bytes(line) > 0 && size < smallest) {
                smallest = size;
                found = Optional.of(bytes(line));
            }
        }
        return found;
    }

    /** Returns sizes as {@code status}, {@code smaps_rollup} and {@code meminfo} of proc(5) list them, in bytes. */
    public static Map<String, Long> sizes(List<String> lines) {
        Map<String, Long> sizes = new HashMap<>();
        for (String line : lines) {
            int colon = line.indexOf(':');
            if (colon > 0 && line.endsWith(" kB")) {
                sizes.put(line.substring(0, colon), bytes(line));
            }
        }
        return sizes;
    }

    private static long bytes(String line) {
        String number = line.substring(line.indexOf(':') + 1).replace("kB", "").strip();
        return number.matches("[0-9]{1,15}") ? Long.parseLong(number) << 10 : 0;
    }
}
