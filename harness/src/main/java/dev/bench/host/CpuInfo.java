package dev.bench.host;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Says which processors a system has, as {@code /proc/cpuinfo} tells.
 *
 * @param model name of the model; {@code unknown} where it is not stated
 * @param microcode revision of the microcode; empty where it is not stated
 * @param sockets number of packages
 * @param cores number of cores over all packages
 * @param threads number of processors the kernel schedules on
 * @param hypervisor whether the processor says that a hypervisor runs it
 */
public record CpuInfo(String model, String microcode, int sockets, int cores, int threads, boolean hypervisor) {
    /** Reads the lines of {@code /proc/cpuinfo}. */
    public static CpuInfo parse(List<String> lines) {
        List<Map<String, String>> processors = new ArrayList<>();
        for (String line : lines) {
            int colon = line.indexOf(':');
            if (colon < 0) {
                continue;
            }
            String key = line.substring(0, colon).strip();
            if (key.equals("processor") || processors.isEmpty()) {
                processors.add(new LinkedHashMap<>());
            }
            processors
                    .get(processors.size() - 1)
                    .put(key, line.substring(colon + 1).strip());
        }
        if (processors.isEmpty()) {
            return new CpuInfo("unknown", "", 1, 1, 1, false);
        }
        Map<String, String> first = processors.get(0);
        Set<String> sockets = new HashSet<>();
        Set<String> cores = new HashSet<>();
        for (Map<String, String> processor : processors) {
            // A guest's kernel may leave out the topology: every processor is then a core of one package.
            String socket = processor.getOrDefault("physical id", "0");
            sockets.add(socket);
            cores.add(socket + "/" + processor.getOrDefault("core id", processor.getOrDefault("processor", "0")));
        }
        return new CpuInfo(
                first.getOrDefault("model name", "unknown"),
                first.getOrDefault("microcode", ""),
                sockets.size(),
                cores.size(),
                processors.size(),
                List.of(first.getOrDefault("flags", "").split(" ", -1)).contains("hypervisor"));
    }

    /** Returns packages, cores and threads in words. */
    public String topology() {
        return counted(sockets, "socket") + ", " + counted(cores, "core") + ", " + counted(threads, "thread");
    }

    private static String counted(int count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }
}
