package dev.bench.program;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Puts what the kernel tells a workload of itself into words that can be compared from target to target. Stateless.
 *
 * <p>See proc(5), capabilities(7), cgroups(7).
 */
final class Attributes {
    private static final String CONTROL_GROUPS = "/sys/fs/cgroup";
    private static final String UNKNOWN = "not told";
    private static final String NONE = "none";

    private Attributes() {}

    /**
     * Returns the attributes in the order in which people read them.
     *
     * @param files path to content of what was read inside; empty where there is no such file
     * @param output what standard output is, as its link in {@code /proc/self/fd} says
     * @param reopened whether {@code /dev/stdout} could be opened
     * @param observer path of the program that looked, mounted over the workload's own
     */
    static Map<String, String> of(Map<String, String> files, String output, boolean reopened, String observer) {
        Map<String, String> seen = new LinkedHashMap<>();
        String status = files.getOrDefault("/proc/self/status", "");
        seen.put("groups", field(status, "Groups:").orElse("").replace(' ', ','));
        seen.put(
                "standard output",
                kind(output) + (reopened ? ", /dev/stdout can be opened" : ", /dev/stdout cannot be opened"));
        seen.put("umask", field(status, "Umask:").orElse(UNKNOWN));
        seen.put("ports without privilege from", line(files, "/proc/sys/net/ipv4/ip_unprivileged_port_start"));
        seen.put(
                "groups that may ping",
                line(files, "/proc/sys/net/ipv4/ping_group_range").replaceAll("\\s+", " to "));
        seen.put("control group's memory", memory(files));
        seen.put("control group's processors", processors(files));
        limits(files.getOrDefault("/proc/self/limits", ""), seen);
        seen.put("OOM score adjustment", line(files, "/proc/self/oom_score_adj"));
        for (String set : List.of("CapEff", "CapPrm", "CapInh", "CapBnd", "CapAmb")) {
            seen.put("capabilities, " + set, field(status, set + ":").orElse(UNKNOWN));
        }
        seen.put("system call filter", filter(field(status, "Seccomp:").orElse("")));
        seen.put("no new privileges", field(status, "NoNewPrivs:").orElse(UNKNOWN));
        seen.put("security label", line(files, "/proc/self/attr/current"));
        seen.put("mounts", mounts(files.getOrDefault("/proc/self/mounts", ""), observer));
        return seen;
    }

    private static String kind(String link) {
        return link.startsWith("pipe:") ? "a pipe" : link.startsWith("socket:") ? "a socket" : link;
    }

    static Optional<String> field(String text, String key) {
        return text.lines()
                .filter(line -> line.startsWith(key))
                .map(line -> line.substring(key.length()).strip())
                .findFirst();
    }

    static String line(Map<String, String> files, String path) {
        String content = files.getOrDefault(path, "").replace("\0", "").strip();
        return content.isEmpty() ? UNKNOWN : content;
    }

    static String memory(Map<String, String> files) {
        String limit = files.getOrDefault(CONTROL_GROUPS + "/memory.max", "").strip();
        if (limit.isEmpty()) {
            limit = files.getOrDefault(CONTROL_GROUPS + "/memory/memory.limit_in_bytes", "")
                    .strip();
        }
        if (!limit.matches("[0-9]{1,18}")) {
            return limit.equals("max") ? "no limit" : NONE;
        }
        return (Long.parseLong(limit) >> 20) + " MiB";
    }

    static String processors(Map<String, String> files) {
        String limit = files.getOrDefault(CONTROL_GROUPS + "/cpu.max", "").strip();
        if (limit.isEmpty()) {
            limit = files.getOrDefault(CONTROL_GROUPS + "/cpu/cpu.cfs_quota_us", "")
                            .strip() + " "
                    + files.getOrDefault(CONTROL_GROUPS + "/cpu/cpu.cfs_period_us", "")
                            .strip();
        }
        String[] parts = limit.strip().split(" ", -1);
        if (parts.length < 2) {
            return NONE;
        }
        if (!parts[0].matches("[0-9]{1,18}")) {
            return "no limit";
        }
        double processors = Double.parseDouble(parts[0]) / Double.parseDouble(parts[1]);
        return processors == Math.rint(processors) ? Long.toString((long) processors) : Double.toString(processors);
    }

    /** Reads {@code /proc/self/limits}: name, soft and hard limit and unit, in columns. */
    private static void limits(String text, Map<String, String> seen) {
        List<String> lines = text.lines().toList();
        int soft = lines.isEmpty() ? -1 : lines.get(0).indexOf("Soft Limit");
        int unit = lines.isEmpty() ? -1 : lines.get(0).indexOf("Units");
        if (soft < 0 || unit < 0) {
            return;
        }
        for (String line : lines.subList(1, lines.size())) {
            if (line.length() < soft) {
                continue;
            }
            String values = line.substring(soft, Math.min(unit, line.length())).strip();
            String name = line.substring(0, soft).strip();
            seen.put(name.replaceFirst("^Max", "limit of"), values.replaceAll("\\s+", ", at most "));
        }
    }

    static String filter(String mode) {
        return switch (mode) {
            case "0" -> "off";
            case "1" -> "strict";
            case "2" -> "on";
            default -> UNKNOWN;
        };
    }

    /** Returns place, type and access of every mount; the control groups' own stand for one. */
    private static String mounts(String text, String observer) {
        TreeSet<String> mounts = new TreeSet<>();
        for (String line : text.lines().toList()) {
            String[] parts = line.split(" ", -1);
            if (parts.length < 4) {
                continue;
            }
            boolean groups = parts[1].startsWith(CONTROL_GROUPS);
            boolean own = parts[1].startsWith("/.bench") || parts[1].equals(observer);
            String access = parts[3].split(",", 2)[0];
            if (!own) {
                mounts.add(groups ? CONTROL_GROUPS + " " + access : parts[1] + " " + parts[2] + " " + access);
            }
        }
        return mounts.isEmpty() ? UNKNOWN : String.join("\n", new ArrayList<>(mounts));
    }
}
