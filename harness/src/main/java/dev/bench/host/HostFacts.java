package dev.bench.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Gathers what a reader must know of the host to judge or repeat a measurement. Nothing in it names the machine or its
 * owner.
 */
public final class HostFacts {
    private final SystemFiles files;
    private final Map<String, String> facts = new LinkedHashMap<>();

    private HostFacts(SystemFiles files) {
        this.files = files;
    }

    /**
     * Returns the facts by name, in display order.
     *
     * @param versions of what launches instances, by name, in display order
     * @param cacheDirectory where images are kept; need not exist
     */
    public static Map<String, String> collect(Map<String, String> versions, Path cacheDirectory) {
        Map<String, String> facts = describe(SystemFiles.ofHost());
        facts.put("java", System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"));
        facts.put("bench", ToolVersion.current().toString());
        facts.putAll(versions);
        facts.put("cache file system", fileSystem(cacheDirectory));
        return facts;
    }

    /** Returns the facts that files tell. */
    static Map<String, String> describe(SystemFiles files) {
        HostFacts host = new HostFacts(files);
        host.processors();
        host.system();
        host.noise();
        return host.facts;
    }

    private void processors() {
        CpuInfo cpu = CpuInfo.parse(files.lines("/proc/cpuinfo"));
        facts.put("cpu", cpu.model());
        facts.put("microcode", cpu.microcode().isEmpty() ? "not stated" : cpu.microcode());
        facts.put("topology", cpu.topology());
        facts.put(
                "memory",
                files.memoryBytes("MemTotal").map(HostFacts::mebibytes).orElse("not stated"));
    }

    private void system() {
        facts.put(
                "kernel",
                (files.text("/proc/sys/kernel/osrelease").orElse("not stated") + " "
                                + files.text("/proc/sys/kernel/version").orElse(""))
                        .strip());
        facts.put("distribution", Distribution.read(files).name());
        facts.put("virtualisation", Virtualisation.hypervisor(files));
        facts.put("container", Virtualisation.container(files).orElse("none"));
        facts.put("cgroup", cgroup(files));
        facts.put(
                "clocksource",
                files.text("/sys/devices/system/clocksource/clocksource0/current_clocksource")
                        .orElse("not stated"));
    }

    private void noise() {
        facts.put(
                "cpu governor",
                files.text("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor")
                        .orElse("none visible"));
        facts.put("turbo", turbo(files).map(on -> on ? "on" : "off").orElse("not visible"));
        facts.put("smt", smt(files).map(on -> on ? "on" : "off").orElse("not visible"));
        long swap = files.memoryBytes("SwapTotal").orElse(0L);
        facts.put("swap", swap == 0 ? "none" : mebibytes(swap));
        facts.put(
                "ksm",
                files.number("/sys/kernel/mm/ksm/run")
                        .map(run -> run == 1 ? "on" : "off")
                        .orElse("not built in"));
        facts.put(
                "transparent huge pages",
                files.choice("/sys/kernel/mm/transparent_hugepage/enabled").orElse("not built in"));
        facts.put("mitigations", mitigations(files));
        facts.put("load average", load(files));
    }

    /** Names the control group hierarchy: {@code 2}, {@code 1}, or {@code 1 (hybrid)}. */
    static String cgroup(SystemFiles files) {
        if (files.exists("/sys/fs/cgroup/cgroup.controllers")) {
            return "2";
        }
        if (!files.exists("/sys/fs/cgroup/memory")) {
            return "none mounted";
        }
        return files.exists("/sys/fs/cgroup/unified/cgroup.controllers") ? "1 (hybrid)" : "1";
    }

    /** Returns whether the processor may raise its clock; empty where the kernel does not tell. */
    public static Optional<Boolean> turbo(SystemFiles files) {
        Optional<Boolean> intel =
                files.number("/sys/devices/system/cpu/intel_pstate/no_turbo").map(off -> off == 0);
        return intel.isPresent()
                ? intel
                : files.number("/sys/devices/system/cpu/cpufreq/boost").map(on -> on == 1);
    }

    /** Returns whether cores run several threads; empty where the kernel does not tell. */
    public static Optional<Boolean> smt(SystemFiles files) {
        return files.number("/sys/devices/system/cpu/smt/active").map(on -> on == 1);
    }

    /** Sums up what the kernel does about the processor's vulnerabilities. */
    static String mitigations(SystemFiles files) {
        String directory = "/sys/devices/system/cpu/vulnerabilities";
        Map<String, String> open = new TreeMap<>();
        int mitigated = 0;
        int unaffected = 0;
        for (String name : files.names(directory)) {
            String state = files.text(directory + "/" + name).orElse("").toLowerCase(Locale.ROOT);
            if (state.startsWith("not affected")) {
                unaffected++;
            } else if (state.startsWith("vulnerable")) {
                open.put(name, state);
            } else {
                mitigated++;
            }
        }
        if (open.isEmpty() && mitigated + unaffected == 0) {
            return "not stated";
        }
        return mitigated + " mitigated, " + unaffected + " not affected, " + open.size() + " vulnerable"
                + (open.isEmpty() ? "" : ": " + String.join(", ", open.keySet()));
    }

    private static String load(SystemFiles files) {
        String[] words = files.text("/proc/loadavg").orElse("").split(" ", -1);
        return words.length < 3 ? "not stated" : words[0] + " " + words[1] + " " + words[2];
    }

    private static String mebibytes(long bytes) {
        return (bytes >> 20) + " MiB";
    }

    private static String fileSystem(Path directory) {
        try {
            return Files.getFileStore(existing(directory)).type();
        } catch (IOException e) {
            return "not stated";
        }
    }

    /** Returns how many bytes are free for a directory, which need not exist; empty where its file system does not say. */
    public static OptionalLong freeBytes(Path directory) {
        try {
            return OptionalLong.of(Files.getFileStore(existing(directory)).getUsableSpace());
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    /** Returns the directory, or the nearest one above it that exists. */
    public static Path existing(Path directory) {
        Path path = directory.toAbsolutePath();
        while (!Files.exists(path) && path.getParent() != null) {
            path = path.getParent();
        }
        return path;
    }
}
