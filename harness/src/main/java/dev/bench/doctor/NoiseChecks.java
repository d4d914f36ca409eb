package dev.bench.doctor;

import dev.bench.host.Capability;
import dev.bench.host.CpuInfo;
import dev.bench.host.HostFacts;
import dev.bench.host.SystemFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Finds out what makes figures of this host spread or drift. None of it stops a run. */
final class NoiseChecks {
    private static final double BUSY_PER_PROCESSOR = 0.5;
    private static final double STOLEN_SHARE = 0.01;
    private static final long SAMPLE_NANOS = TimeUnit.MILLISECONDS.toNanos(300);
    private static final Set<String> GOOD_CLOCKS = Set.of("tsc", "kvm-clock", "hyperv_clocksource_tsc_page");

    private final SystemFiles files;

    NoiseChecks(SystemFiles files) {
        this.files = files;
    }

    List<Capability> check() {
        List<Capability> capabilities =
                new ArrayList<>(List.of(governor(), turbo(), threads(), swap(), samePage(), hugePages(), clock()));
        capabilities.add(load());
        CpuTimes before = CpuTimes.parse(files.lines("/proc/stat"));
        LockSupport.parkNanos(SAMPLE_NANOS);
        capabilities.add(stolen(before, CpuTimes.parse(files.lines("/proc/stat"))));
        return capabilities;
    }

    Capability governor() {
        String name = "CPU governor";
        Optional<String> governor = files.text("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor");
        if (governor.isEmpty()) {
            return Capability.ok(name, "none visible: the kernel does not change the clock");
        }
        return governor.get().equals("performance")
                ? Capability.ok(name, "performance")
                : Capability.degraded(
                        name,
                        governor.get(),
                        "processors start every launch at a clock that depends on what ran before",
                        "write performance to /sys/devices/system/cpu/cpu*/cpufreq/scaling_governor");
    }

    Capability turbo() {
        String name = "turbo";
        Optional<Boolean> turbo = HostFacts.turbo(files);
        if (turbo.isEmpty()) {
            return Capability.ok(name, "not visible to this system");
        }
        return turbo.get()
                ? Capability.degraded(
                        name,
                        "on",
                        "the clock depends on temperature and on what the other cores do",
                        files.exists("/sys/devices/system/cpu/intel_pstate/no_turbo")
                                ? "write 1 to /sys/devices/system/cpu/intel_pstate/no_turbo"
                                : "write 0 to /sys/devices/system/cpu/cpufreq/boost")
                : Capability.ok(name, "off");
    }

    Capability threads() {
        return HostFacts.smt(files).orElse(false)
                ? Capability.degraded(
                        "SMT",
                        "on",
                        "two threads share a core, so that a launch depends on what its sibling does",
                        "write off to /sys/devices/system/cpu/smt/control")
                : Capability.ok("SMT", "off or not visible");
    }

    Capability swap() {
        long total = files.memoryBytes("SwapTotal").orElse(0L);
        return total == 0
                ? Capability.ok("swap", "none")
                : Capability.degraded(
                        "swap",
                        (total >> 20) + " MiB",
                        "memory that is swapped out is missing from memory figures and slows launches",
                        "run `swapoff -a` while measuring");
    }

    Capability samePage() {
        return files.number("/sys/kernel/mm/ksm/run").orElse(0L) == 1
                ? Capability.degraded(
                        "KSM",
                        "on",
                        "equal pages of virtual machines are merged over minutes, so that memory figures drift",
                        "write 2 to /sys/kernel/mm/ksm/run")
                : Capability.ok("KSM", "off or not built in");
    }

    Capability hugePages() {
        String chosen =
                files.choice("/sys/kernel/mm/transparent_hugepage/enabled").orElse("not built in");
        return chosen.equals("always")
                ? Capability.degraded(
                        "transparent huge pages",
                        chosen,
                        "memory figures are rounded up to 2 MiB pages wherever the kernel chose to",
                        "write madvise to /sys/kernel/mm/transparent_hugepage/enabled")
                : Capability.ok("transparent huge pages", chosen);
    }

    Capability clock() {
        String source = files.text("/sys/devices/system/clocksource/clocksource0/current_clocksource")
                .orElse("not stated");
        return GOOD_CLOCKS.contains(source)
                ? Capability.ok("clock source", source)
                : Capability.degraded(
                        "clock source",
                        source,
                        "reading the clock costs a microsecond or more instead of some 20 nanoseconds",
                        "see in the kernel's log why it does not trust the TSC");
    }

    Capability load() {
        Optional<String> text = files.text("/proc/loadavg");
        int processors = CpuInfo.parse(files.lines("/proc/cpuinfo")).threads();
        double load =
                text.map(line -> Double.parseDouble(line.split(" ", -1)[0])).orElse(0.0);
        String finding = String.format(Locale.ROOT, "%.2f over the last minute, %d processors", load, processors);
        return load <= BUSY_PER_PROCESSOR * processors
                ? Capability.ok("load", finding)
                : Capability.degraded(
                        "load",
                        finding,
                        "other programs compete with every launch, so that intervals get wide",
                        "end them, or wait until the load is below half of the processors");
    }

    static Capability stolen(CpuTimes before, CpuTimes after) {
        double now = after.since(before).stolenShare();
        double sinceBoot = after.stolenShare();
        String finding = String.format(Locale.ROOT, "%.1f %% now, %.1f %% since the boot", 100 * now, 100 * sinceBoot);
        return Math.max(now, sinceBoot) <= STOLEN_SHARE
                ? Capability.ok("stolen time", finding)
                : Capability.degraded(
                        "stolen time",
                        finding,
                        "the hypervisor below gives this system's processors to others while it measures",
                        "measure on a host with processors of its own");
    }

    /**
     * Holds processor time in ticks (proc(5), {@code /proc/stat}).
     *
     * @param total all of it, idle included
     * @param stolen the part in which the hypervisor ran something else
     */
    record CpuTimes(long total, long stolen) {
        private static final int STOLEN_FIELD = 8;
        /** Guest time, in the fields behind, is contained in user time. */
        private static final int FIELDS = 9;

        static CpuTimes parse(List<String> lines) {
            long total = 0;
            long stolen = 0;
            if (!lines.isEmpty() && lines.get(0).startsWith("cpu ")) {
                String[] words = lines.get(0).split("\\s+", -1);
                for (int i = 1; i < Math.min(words.length, FIELDS); i++) {
                    long ticks = Long.parseLong(words[i]);
                    total += ticks;
                    if (i == STOLEN_FIELD) {
                        stolen = ticks;
                    }
                }
            }
            return new CpuTimes(total, stolen);
        }

        CpuTimes since(CpuTimes earlier) {
            return new CpuTimes(total - earlier.total, stolen - earlier.stolen);
        }

        double stolenShare() {
            return total <= 0 ? 0 : (double) stolen / total;
        }
    }
}
