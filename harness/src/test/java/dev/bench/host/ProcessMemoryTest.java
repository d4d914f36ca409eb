package dev.bench.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessMemoryTest {
    @TempDir
    private Path root;

    private SystemFiles process(String file, String text) {
        return new FixtureSystem(root).with("/proc/7/" + file, text).files();
    }

    @Test
    void addsSharedMemoryToWhatHasNoFileBehindIt() {
        SystemFiles files = process("smaps_rollup", """
                55770450f000-7ffc99fcd000 ---p 00000000 00:00 0                          [rollup]
                Rss:                1748 kB
                Pss:                 300 kB
                Pss_Anon:            112 kB
                Pss_File:            158 kB
                Pss_Shmem:            30 kB
                Anonymous:           112 kB
                """);
        assertEquals(new ProcessMemory(300 << 10, 142 << 10, 158 << 10, 1748 << 10), ProcessMemory.of(files, 7));
    }

    @Test
    void makesDoWithWhatKernelsBeforeFiveFourTell() {
        SystemFiles files = process("smaps_rollup", "Rss: 500 kB\nPss: 300 kB\nAnonymous: 100 kB\n");
        assertEquals(new ProcessMemory(300 << 10, 100 << 10, 200 << 10, 500 << 10), ProcessMemory.of(files, 7));
    }

    @Test
    void aProcessThatIsGoneTakesNothing() {
        assertEquals(ProcessMemory.none(), ProcessMemory.of(process("stat", ""), 8));
    }

    @Test
    void findsTheGuestsMemoryAmongLargerAndSmallerMappings() {
        SystemFiles files = process("smaps", """
                7f0000000000-7f0040000000 rwxp 00000000 00:00 0
                Size:            1048576 kB
                Pss:               20000 kB
                7f1000000000-7f1010000000 rw-p 00000000 00:00 0
                Size:             262144 kB
                Pss:              150000 kB
                7f2000000000-7f2000100000 rw-p 00000000 00:00 0
                Size:               1024 kB
                Pss:                1024 kB
                """);
        assertEquals(Optional.of(150_000L << 10), ProcessMemory.ofMapping(files, 7, 256L << 20));
        assertEquals(Optional.empty(), ProcessMemory.ofMapping(files, 7, 2L << 30));
    }

    @Test
    void readsWhatAGuestPrints() {
        assertEquals(
                Map.of("MemTotal", 221_012L << 10, "MemFree", 1024L),
                ProcessMemory.sizes(
                        List.of("MemTotal:         221012 kB", "MemFree:    1 kB", "HugePages_Total:   0")));
    }

    @Test
    void seesThatThisProcessTakesMemory() {
        ProcessMemory own =
                ProcessMemory.of(SystemFiles.ofHost(), ProcessHandle.current().pid());
        assertTrue(own.pssPrivate() > 1 << 20 && own.resident() >= own.pss(), own.toString());
    }

    @Test
    void findsTheWritableLayerOfAnOverlayRoot() {
        assertEquals(Optional.of(Path.of("/var/lib/layers/abc/diff")), Processes.writableLayer("""
                        22 1 0:20 / /proc rw - proc proc rw
                        21 1 0:50 / / rw,relatime - overlay overlay rw,lowerdir=/l,upperdir=/var/lib/layers/abc/diff,workdir=/w
                        """));
        assertEquals(Optional.empty(), Processes.writableLayer("21 1 254:0 / / rw - ext4 /dev/vda rw"));
    }
}
