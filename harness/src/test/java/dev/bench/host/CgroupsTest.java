package dev.bench.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.workload.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Works on directories that look like a control group file system; the kernel adds files of its own to a new group. */
@Timeout(30)
final class CgroupsTest {
    private static final Limits LIMITS = new Limits(1.5, 256L << 20);

    @TempDir
    private Path root = Path.of("");

    private Cgroups.Hierarchies groups = new Cgroups.Hierarchies(root);

    @BeforeEach
    void useTheDirectory() {
        groups = new Cgroups.Hierarchies(root);
    }

    @Test
    void limitsAGroupOfTheUnifiedHierarchy() throws IOException {
        write("cgroup.controllers", "cpu memory pids");
        write("bench/run/name/memory.swap.max", "max");

        assertEquals(2, groups.version());
        assertEquals(List.of(root.resolve("bench/run/name")), groups.create("bench/run/name", LIMITS));

        assertEquals("150000 100000", read("bench/run/name/cpu.max"));
        assertEquals("268435456", read("bench/run/name/memory.max"));
        assertEquals("0", read("bench/run/name/memory.swap.max"));
    }

    @Test
    void aGroupThatIsGivenAwayHasWhatItsOwnerNeeds() throws IOException {
        write("cgroup.controllers", "cpu memory pids");
        write("bench/run/given/cgroup.procs", "");
        int user = (int) Files.getAttribute(root, "unix:uid");

        assertEquals(List.of(root.resolve("bench/run/given")), groups.delegate("bench/run/given", user));

        // Its groups have limits where it passes the controllers on.
        assertEquals("+cpu +memory +pids", read("bench/run/given/cgroup.subtree_control"));
        assertFalse(Files.exists(root.resolve("bench/run/given/*")));
    }

    @Test
    void findsAGroupInEveryHierarchyOnce() throws IOException {
        for (String hierarchy : List.of("blkio", "cpu,cpuacct", "systemd", "unified")) {
            Files.createDirectories(root.resolve(hierarchy + "/bench/run"));
        }
        Files.createDirectories(root.resolve("pids/other"));
        Files.createSymbolicLink(root.resolve("cpu"), root.resolve("cpu,cpuacct"));

        assertEquals(
                List.of(
                        root.resolve("blkio/bench/run"),
                        root.resolve("cpu,cpuacct/bench/run"),
                        root.resolve("systemd/bench/run"),
                        root.resolve("unified/bench/run")),
                groups.everywhere("bench/run"));
    }

    @Test
    void givesTheControllersToEveryGroupAboveButNotToTheGroupItself() throws IOException {
        write("cgroup.controllers", "cpu memory pids");

        groups.create("bench/run/name", LIMITS);

        for (String above : List.of("", "bench/", "bench/run/")) {
            assertEquals("+cpu +memory +pids", read(above + "cgroup.subtree_control"), above);
        }
        // A group with controllers of its own below it may hold no process.
        assertFalse(Files.exists(root.resolve("bench/run/name/cgroup.subtree_control")));
    }

    @Test
    void asksForNoSwapLimitWhereTheKernelHasNone() throws IOException {
        write("cgroup.controllers", "cpu memory pids");

        groups.create("bench/name", LIMITS);

        assertFalse(Files.exists(root.resolve("bench/name/memory.swap.max")));
    }

    @Test
    void limitsAGroupInEveryHierarchyOfVersionOne() throws IOException {
        write("cpu/bench/name/cpu.cfs_period_us", "");
        write("cpu/bench/name/cpu.cfs_quota_us", "");
        write("memory/bench/name/memory.limit_in_bytes", "");
        write("memory/bench/name/memory.memsw.limit_in_bytes", "");
        Files.createDirectories(root.resolve("blkio"));

        assertEquals(1, groups.version());
        assertEquals(
                List.of(root.resolve("cpu/bench/name"), root.resolve("memory/bench/name")),
                groups.create("bench/name", LIMITS));

        assertEquals("100000", read("cpu/bench/name/cpu.cfs_period_us"));
        assertEquals("150000", read("cpu/bench/name/cpu.cfs_quota_us"));
        assertEquals("268435456", read("memory/bench/name/memory.limit_in_bytes"));
        assertEquals("268435456", read("memory/bench/name/memory.memsw.limit_in_bytes"));
        assertFalse(Files.exists(root.resolve("cpu/bench/name/memory.limit_in_bytes")));
        assertFalse(Files.exists(root.resolve("blkio/bench")));
    }

    @Test
    void makesTheGroupWhereThereIsNone() throws IOException {
        Files.createDirectories(root.resolve("cpu"));
        Files.createDirectories(root.resolve("memory"));
        Files.createDirectories(root.resolve("pids"));

        List<Path> directories = groups.create("bench/run/name", LIMITS);

        assertEquals(3, directories.size());
        assertTrue(directories.stream().allMatch(Files::isDirectory));
        assertEquals(directories, groups.directories("bench/run/name"));
    }

    @Test
    void removesAGroupOnceItsProcessesAreGone() throws Exception {
        Path group = Files.createDirectories(root.resolve("bench/name"));
        Process process = new ProcessBuilder("sleep", "60").start();
        Path members = Files.writeString(group.resolve("cgroup.procs"), process.pid() + "\n");
        process.onExit().thenRun(() -> delete(members));
        assertEquals(List.of(process.pid()), Cgroups.members(group));

        Cgroups.remove(List.of(group, root.resolve("bench/gone")));

        assertTrue(process.waitFor(5, TimeUnit.SECONDS));
        assertFalse(Files.exists(group));
        assertEquals(List.of(), Cgroups.members(group));
    }

    @Test
    void saysWhenAGroupCannotBeRemoved() throws IOException {
        Path group = Files.createDirectories(root.resolve("bench/name"));
        write("bench/name/child/cgroup.procs", "");

        assertThrows(IOException.class, () -> Cgroups.remove(List.of(group)));
    }

    @Test
    void takesBackOnlyTheControllersThatWereNotThereBefore() throws IOException {
        write("cgroup.subtree_control", "cpu memory pids\n");

        assertEquals(Set.of("cpu", "memory", "pids"), groups.topControllers());
        groups.restoreTopControllers(Set.of("memory", "pids"));

        assertEquals("-cpu", read("cgroup.subtree_control"));
    }

    @Test
    void versionOneHasNoControllersToTakeBack() {
        assertEquals(Set.of(), groups.topControllers());
        groups.restoreTopControllers(Set.of());

        assertFalse(Files.exists(root.resolve("cgroup.subtree_control")));
    }

    private void write(String path, String text) throws IOException {
        Files.createDirectories(root.resolve(path).getParent());
        Files.writeString(root.resolve(path), text);
    }

    private String read(String path) throws IOException {
        return Files.readString(root.resolve(path));
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
