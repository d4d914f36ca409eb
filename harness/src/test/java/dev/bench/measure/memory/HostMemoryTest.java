package dev.bench.measure.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bench.host.SystemFiles;
import dev.bench.measure.memory.MemoryReading.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostMemoryTest {
    @TempDir
    private Path root;

    private HostMemory host(String zoneinfo) throws IOException {
        Path proc = Files.createDirectories(root.resolve("proc"));
        Files.writeString(
                proc.resolve("meminfo"),
                "MemTotal: 8388608 kB\nMemAvailable: 4194304 kB\nCached: 3072 kB\nBuffers: 1024 kB\nShmem: 2048 kB\n"
                        + "SUnreclaim: 1024 kB\nKernelStack: 1024 kB\nPageTables: 1024 kB\nPercpu: 1024 kB\n");
        Files.writeString(proc.resolve("zoneinfo"), zoneinfo);
        return new HostMemory(new SystemFiles(root));
    }

    @Test
    void countsFreePagesOfEveryProcessorAsAvailable() throws IOException {
        HostMemory host = host("""
                Node 0, zone   Normal
                  pages free     700000
                  pagesets
                    cpu: 0
                              count:    512
                              high:     18855
                    cpu: 1
                              count:    256
                """);
        assertEquals((4L << 30) + 768 * 4096, host.availableBytes());
        assertEquals(8L << 30, host.totalBytes());
    }

    @Test
    void tellsCacheAndKernelApartAndKeepsTheListsBesideMemAvailable() throws IOException {
        Map<String, Double> values = new HashMap<>();
        host("count: 256").read(values);

        assertEquals(4096, values.get(Value.AVAILABLE.id()));
        assertEquals(1, values.get(Value.LISTED.id()));
        assertEquals(2, values.get(Value.PAGE_CACHE.id()), "shared memory is no cache");
        assertEquals(4, values.get(Value.KERNEL.id()));
    }
}
