package dev.bench.host;

import java.util.ArrayList;
import java.util.List;

/**
 * Holds one limit of a process's resources.
 *
 * @param resource number of the resource (Linux include/uapi/asm-generic/resource.h)
 * @param soft the limit in force; {@link #NONE} for none
 * @param hard what it may be raised to; {@link #NONE} for none
 */
public record ResourceLimit(int resource, long soft, long hard) {
    /** Stands for no limit. */
    public static final long NONE = -1;

    /** In the order of {@code /proc/PID/limits} (Linux fs/proc/base.c, lnames), by number. */
    private static final List<String> NAMES = List.of(
            "Max cpu time",
            "Max file size",
            "Max data size",
            "Max stack size",
            "Max core file size",
            "Max resident set",
            "Max processes",
            "Max open files",
            "Max locked memory",
            "Max address space",
            "Max file locks",
            "Max pending signals",
            "Max msgqueue size",
            "Max nice priority",
            "Max realtime priority",
            "Max realtime timeout");

    /** Numbers of two limits that are asked for by name. */
    public static final int PROCESSES = NAMES.indexOf("Max processes");

    public static final int OPEN_FILES = NAMES.indexOf("Max open files");

    /** Returns the limits that whatever this process starts begins with, the lab's engine among it. */
    public static List<ResourceLimit> inherited() {
        return parse(SystemFiles.ofHost().lines("/proc/self/limits"));
    }

    static List<ResourceLimit> parse(List<String> lines) {
        List<ResourceLimit> limits = new ArrayList<>();
        for (String line : lines) {
            for (int resource = 0; resource < NAMES.size(); resource++) {
                if (line.startsWith(NAMES.get(resource) + " ")) {
                    String[] values =
                            line.substring(NAMES.get(resource).length()).strip().split("\\s+", -1);
                    limits.add(new ResourceLimit(resource, number(values[0]), number(values[1])));
                }
            }
        }
        return limits;
    }

    private static long number(String text) {
        return text.equals("unlimited") ? NONE : Long.parseLong(text);
    }
}
