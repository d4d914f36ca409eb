package dev.bench.host;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Describes a hierarchy of control groups as this host has it mounted (cgroups(7)).
 *
 * @param name its directory below {@code /sys/fs/cgroup}; empty for the unified hierarchy that stands alone
 * @param type {@code cgroup} or {@code cgroup2}
 * @param options what mount(2) has to be told to get the same hierarchy once more
 */
public record CgroupMount(String name, String type, String options) {
    private static final String ROOT = "/sys/fs/cgroup";
    private static final Pattern CONTROLLER = Pattern.compile("name=.*|cpu|cpuacct|cpuset|memory|devices|freezer|blkio"
            + "|pids|net_cls|net_prio|perf_event|hugetlb|rdma|misc|debug");

    /** Returns the hierarchies of this host, in the order in which they were mounted. */
    public static List<CgroupMount> ofHost() {
        return parse(SystemFiles.ofHost().lines("/proc/self/mountinfo"));
    }

    /** Returns the controllers that share the directory and are not named like it: other names for it. */
    public List<String> aliases() {
        return type.equals("cgroup") && options.contains(",") && !options.contains("name=")
                ? Arrays.stream(options.split(",", -1))
                        .filter(controller -> !controller.equals(name))
                        .toList()
                : List.of();
    }

    /** Reads lines of {@code /proc/PID/mountinfo} (proc(5)). */
    static List<CgroupMount> parse(List<String> lines) {
        List<CgroupMount> mounts = new ArrayList<>();
        for (String line : lines) {
            String[] halves = line.split(" - ", 2);
            String[] place = halves[0].split(" ", -1);
            String[] system = halves.length < 2 ? new String[0] : halves[1].split(" ", -1);
            if (place.length < 5 || system.length < 3 || !system[0].startsWith("cgroup")) {
                continue;
            }
            String point = place[4];
            boolean unified = system[0].equals("cgroup2");
            if (point.equals(ROOT) && unified) {
                mounts.add(new CgroupMount("", system[0], ""));
            } else if (point.startsWith(ROOT + "/") && point.indexOf('/', ROOT.length() + 1) < 0) {
                mounts.add(new CgroupMount(
                        point.substring(ROOT.length() + 1), system[0], unified ? "" : controllers(system[2])));
            }
        }
        return mounts;
    }

    private static String controllers(String options) {
        List<String> controllers = Arrays.stream(options.split(",", -1))
                .filter(option -> CONTROLLER.matcher(option).matches())
                .toList();
        boolean named = controllers.stream().allMatch(controller -> controller.startsWith("name="));
        return (named ? "none," : "") + String.join(",", controllers);
    }
}
