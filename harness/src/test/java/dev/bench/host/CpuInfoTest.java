package dev.bench.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

final class CpuInfoTest {
    @Test
    void countsSocketsCoresAndThreadsApart() {
        CpuInfo cpu = CpuInfo.parse((processor(0, 0, 0)
                        + processor(1, 0, 1)
                        + processor(2, 0, 0)
                        + processor(3, 0, 1)
                        + processor(4, 1, 0)
                        + processor(5, 1, 1)
                        + processor(6, 1, 0)
                        + processor(7, 1, 1))
                .lines()
                .toList());

        assertEquals("2 sockets, 4 cores, 8 threads", cpu.topology());
        assertEquals("Intel(R) Xeon(R) Gold 6338 CPU @ 2.00GHz", cpu.model());
        assertEquals("0xd0003a5", cpu.microcode());
        assertFalse(cpu.hypervisor());
    }

    @Test
    void takesEveryProcessorForACoreWhereTheKernelTellsNoTopology() {
        CpuInfo cpu = CpuInfo.parse(List.of(
                "processor\t: 0",
                "model name\t: QEMU Virtual CPU version 2.5+",
                "flags\t\t: fpu hypervisor lm",
                "",
                "processor\t: 1",
                "model name\t: QEMU Virtual CPU version 2.5+",
                "flags\t\t: fpu hypervisor lm"));

        assertEquals("1 socket, 2 cores, 2 threads", cpu.topology());
        assertTrue(cpu.hypervisor());
    }

    @Test
    void survivesASystemThatTellsNothing() {
        CpuInfo cpu = CpuInfo.parse(List.of());

        assertEquals(new CpuInfo("unknown", "", 1, 1, 1, false), cpu);
    }

    private static String processor(int number, int socket, int core) {
        return """
                processor\t: %d
                model name\t: Intel(R) Xeon(R) Gold 6338 CPU @ 2.00GHz
                microcode\t: 0xd0003a5
                physical id\t: %d
                core id\t\t: %d
                flags\t\t: fpu vme de pse tsc

                """.formatted(number, socket, core);
    }
}
