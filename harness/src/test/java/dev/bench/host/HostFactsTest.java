package dev.bench.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HostFactsTest {
    @TempDir
    private Path root = Path.of("");

    @Test
    void describesASystemThatTellsEverything() {
        Map<String, String> facts = HostFacts.describe(
                system().with("/proc/meminfo", "MemTotal:       65823456 kB\nSwapTotal:       2097148 kB\n")
                        .with("/proc/sys/kernel/osrelease", "6.1.0-26-amd64\n")
                        .with("/proc/sys/kernel/version", "#1 SMP PREEMPT_DYNAMIC Debian 6.1.112-1\n")
                        .with("/sys/fs/cgroup/cgroup.controllers", "cpuset cpu io memory pids\n")
                        .with("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor", "powersave\n")
                        .with("/sys/devices/system/cpu/intel_pstate/no_turbo", "0\n")
                        .with("/sys/devices/system/cpu/smt/active", "1\n")
                        .with("/sys/kernel/mm/ksm/run", "1\n")
                        .with("/sys/kernel/mm/transparent_hugepage/enabled", "always [madvise] never\n")
                        .with("/proc/loadavg", "0.10 0.20 0.30 1/200 4242\n")
                        .files());

        assertEquals("64280 MiB", facts.get("memory"));
        assertEquals("6.1.0-26-amd64 #1 SMP PREEMPT_DYNAMIC Debian 6.1.112-1", facts.get("kernel"));
        assertEquals("2", facts.get("cgroup"));
        assertEquals("powersave", facts.get("cpu governor"));
        assertEquals("on", facts.get("turbo"));
        assertEquals("on", facts.get("smt"));
        assertEquals("2047 MiB", facts.get("swap"));
        assertEquals("on", facts.get("ksm"));
        assertEquals("madvise", facts.get("transparent huge pages"));
        assertEquals("0.10 0.20 0.30", facts.get("load average"));
        assertEquals(
                List.of("cpu", "microcode", "topology", "memory", "kernel"),
                List.copyOf(facts.keySet()).subList(0, 5));
    }

    @Test
    void describesASystemThatTellsNothing() {
        Map<String, String> facts = HostFacts.describe(new SystemFiles(root.resolve("nowhere")));

        assertEquals("unknown", facts.get("cpu"));
        assertEquals("not stated", facts.get("memory"));
        assertEquals("none mounted", facts.get("cgroup"));
        assertEquals("not visible", facts.get("turbo"));
        assertEquals("none", facts.get("swap"));
        assertEquals("not stated", facts.get("mitigations"));
        assertEquals("not stated", facts.get("load average"));
        facts.forEach((name, value) -> assertFalse(value.isBlank(), name));
    }

    @Test
    void tellsTheHierarchiesOfControlGroupsApart() {
        FixtureSystem system = system().with("/sys/fs/cgroup/memory/cgroup.procs", "1\n");
        assertEquals("1", HostFacts.cgroup(system.files()));
        system.with("/sys/fs/cgroup/unified/cgroup.controllers", "\n");
        assertEquals("1 (hybrid)", HostFacts.cgroup(system.files()));
    }

    @Test
    void namesTheVulnerabilitiesThatNothingIsDoneAbout() {
        String directory = "/sys/devices/system/cpu/vulnerabilities/";
        SystemFiles files = system().with(directory + "meltdown", "Not affected\n")
                .with(directory + "spectre_v1", "Mitigation: usercopy/swapgs barriers\n")
                .with(directory + "spectre_v2", "Vulnerable; STIBP: disabled\n")
                .with(directory + "mds", "Vulnerable: Clear CPU buffers attempted, no microcode\n")
                .files();

        assertEquals("1 mitigated, 1 not affected, 2 vulnerable: mds, spectre_v2", HostFacts.mitigations(files));
    }

    @Test
    void collectsFromThisHostWithoutNamingIt() {
        Map<String, String> facts = HostFacts.collect(Map.of("engine", "1.2"), root.resolve("cache/not/yet/there"));

        String bench = facts.getOrDefault("bench", "");
        assertTrue(bench.matches("bench [0-9.]+ \\(commit .+\\)"), bench);
        assertEquals("1.2", facts.get("engine"));
        assertNotEquals("not stated", facts.get("cache file system"));
        String name = new SystemFiles(Path.of("/"))
                .text("/proc/sys/kernel/hostname")
                // A name such as "vm" is part of other words.
                .filter(text -> text.length() > 4)
                .orElse("a name that is not there");
        facts.forEach((key, value) -> assertFalse(value.contains(name), key + " names the host: " + value));
    }

    private FixtureSystem system() {
        return new FixtureSystem(root);
    }
}
