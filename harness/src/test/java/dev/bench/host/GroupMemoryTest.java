package dev.bench.host;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroupMemoryTest {
    @TempDir
    private Path root;

    private void write(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    @Test
    void tellsTheKindsApartInVersionTwo() throws IOException {
        write("memory.current", "5000000\n");
        write(
                "memory.stat",
                "anon 1000000\nfile 2500000\nkernel 900000\nkernel_stack 32768\npagetables 8192\nshmem 500000\nslab 700000\n");
        assertEquals(
                new GroupMemory(5_000_000, 1_000_000, 2_000_000, 500_000, 900_000, OptionalLong.of(700_000)),
                GroupMemory.of(root));
    }

    @Test
    void addsUpTheKernelsPartsWhereAnOlderKernelDoesNot() throws IOException {
        write("memory.current", "1\n");
        write("memory.stat", "anon 0\nfile 0\nshmem 0\nkernel_stack 10\npagetables 20\npercpu 30\nslab 40\nsock 50\n");
        assertEquals(150, GroupMemory.of(root).kernel());
    }

    @Test
    void tellsTheSameKindsApartInVersionOneAndSumsOverTheGroupsBelow() throws IOException {
        write("memory.usage_in_bytes", "5000000\n");
        write("memory.kmem.usage_in_bytes", "900000\n");
        write("memory.stat", "cache 1\nrss 2\nshmem 3\ntotal_cache 2500000\ntotal_rss 1000000\ntotal_shmem 500000\n");
        assertEquals(
                new GroupMemory(5_000_000, 1_000_000, 2_000_000, 500_000, 900_000, OptionalLong.empty()),
                GroupMemory.of(root));
    }

    @Test
    void aGroupThatIsGoneIsChargedNothing() {
        assertEquals(
                new GroupMemory(0, 0, 0, 0, 0, OptionalLong.empty()), GroupMemory.of(root.resolve("no-such-group")));
    }

    @Test
    void findsTheMemoryGroupOfAProcessInBothVersions() throws IOException {
        List<String> lines = List.of("5:cpu,cpuacct:/elsewhere", "4:memory:/bench/one", "0::/unified");
        Cgroups.Hierarchies groups = new Cgroups.Hierarchies(root);
        assertEquals(Optional.empty(), groups.memoryGroup(lines));
        Files.createDirectories(root.resolve("memory/bench/one"));
        assertEquals(Optional.of(root.resolve("memory/bench/one")), groups.memoryGroup(lines));
        write("cgroup.controllers", "cpu memory\n");
        Files.createDirectories(root.resolve("bench/two"));
        assertEquals(Optional.of(root.resolve("bench/two")), groups.memoryGroup(List.of("0::/bench/two")));
    }

    @Test
    void makesAGroupThatOnlyAccounts() throws IOException {
        Files.createDirectories(root.resolve("memory"));
        Files.createDirectories(root.resolve("cpu"));
        Path group = new Cgroups.Hierarchies(root).createForMemory("bench/run/vm");
        assertEquals(root.resolve("memory/bench/run/vm"), group);
        assertEquals(false, Files.exists(root.resolve("cpu/bench")));
    }
}
