package dev.bench.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.host.Capability;
import dev.bench.host.Capability.State;
import dev.bench.host.FixtureSystem;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NoiseChecksTest {
    private static final String TWO_PROCESSORS = "processor: 0\nprocessor: 1\n";

    @TempDir
    private Path root = Path.of("");

    @Test
    void aQuietHostHasNothingToComplainOf() {
        NoiseChecks checks = checks(system().with("/proc/cpuinfo", TWO_PROCESSORS)
                .with("/proc/loadavg", "1.00 0.50 0.10 1/99 1\n")
                .with("/proc/meminfo", "SwapTotal: 0 kB\n")
                .with("/proc/stat", "cpu  100 0 100 800 0 0 0 0 0 0\n")
                .with("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor", "performance\n")
                .with("/sys/devices/system/cpu/cpufreq/boost", "0\n")
                .with("/sys/devices/system/cpu/smt/active", "0\n")
                .with("/sys/kernel/mm/ksm/run", "0\n")
                .with("/sys/kernel/mm/transparent_hugepage/enabled", "always [madvise] never\n")
                .with("/sys/devices/system/clocksource/clocksource0/current_clocksource", "tsc\n"));

        List<Capability> found = checks.check();
        assertEquals(9, found.size());
        found.forEach(capability -> assertEquals(State.OK, capability.state(), capability.toString()));
    }

    @Test
    void aNoisyHostIsToldEveryNoiseWithConsequenceAndRemedy() {
        NoiseChecks checks = checks(system().with("/proc/cpuinfo", TWO_PROCESSORS)
                .with("/proc/loadavg", "1.01 0.50 0.10 1/99 1\n")
                .with("/proc/meminfo", "SwapTotal: 2097148 kB\n")
                .with("/proc/stat", "cpu  100 0 100 780 0 0 0 20 0 0\n")
                .with("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor", "powersave\n")
                .with("/sys/devices/system/cpu/cpufreq/boost", "1\n")
                .with("/sys/devices/system/cpu/smt/active", "1\n")
                .with("/sys/kernel/mm/ksm/run", "1\n")
                .with("/sys/kernel/mm/transparent_hugepage/enabled", "[always] madvise never\n")
                .with("/sys/devices/system/clocksource/clocksource0/current_clocksource", "acpi_pm\n"));

        List<Capability> found = checks.check();
        assertEquals(9, found.size());
        found.forEach(capability -> {
            assertEquals(State.DEGRADED, capability.state(), capability.toString());
            assertFalse(capability.consequence().isBlank(), capability.name());
            assertFalse(capability.remedy().isBlank(), capability.name());
            assertTrue(capability.neededBy().isEmpty(), "noise must not stop a run: " + capability.name());
        });
    }

    @Test
    void intelsSwitchForTurboIsReadTheOtherWayRound() {
        String file = "/sys/devices/system/cpu/intel_pstate/no_turbo";
        assertEquals(State.DEGRADED, checks(system().with(file, "0\n")).turbo().state());
        assertEquals(State.OK, checks(system().with(file, "1\n")).turbo().state());
    }

    @Test
    void timeStolenNowCountsAlsoWhereItIsLittleSinceTheBoot() {
        var before = NoiseChecks.CpuTimes.parse(List.of("cpu  0 0 0 1000000 0 0 0 100 50 0", "cpu0 1 2 3"));
        var after = NoiseChecks.CpuTimes.parse(List.of("cpu  40 0 0 1000050 0 0 0 110 50 0"));

        assertEquals(new NoiseChecks.CpuTimes(1_000_100, 100), before);
        Capability stolen = NoiseChecks.stolen(before, after);
        assertEquals(State.DEGRADED, stolen.state());
        assertEquals("10.0 % now, 0.0 % since the boot", stolen.finding());
    }

    private FixtureSystem system() {
        return new FixtureSystem(root);
    }

    private static NoiseChecks checks(FixtureSystem system) {
        return new NoiseChecks(system.files());
    }
}
