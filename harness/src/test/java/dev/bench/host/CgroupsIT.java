package dev.bench.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.workload.Limits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Works on the host's own control groups, of whichever version. Needs root. */
@Timeout(120)
final class CgroupsIT {
    private final String path = "bench/test-" + ProcessHandle.current().pid();

    @AfterEach
    void remove() throws Exception {
        Cgroups.remove(Cgroups.directories(path + "/name"));
        Cgroups.remove(Cgroups.directories(path));
    }

    @Test
    void aGroupHoldsWhatItsProcessMayTake() throws Exception {
        List<Path> groups = Cgroups.create(path + "/name", new Limits(0.5, 64L << 20));
        String enter = String.join(
                "",
                groups.stream()
                        .map(group -> "echo 0 >" + group + "/cgroup.procs; ")
                        .toList());

        Process process = new ProcessBuilder("sh", "-c", enter + "head -c 256m /dev/zero | tail").start();

        assertTrue(process.waitFor(60, TimeUnit.SECONDS), "a process took four times what it may");
        assertNotEquals(0, process.exitValue());
    }

    @Test
    void whatIsStartedDuringAStayIsInTheGroupAndThisProcessIsBackAfterIt() throws Exception {
        long self = ProcessHandle.current().pid();
        Optional<Path> origin = Cgroups.memoryGroup(self);
        Path group = Cgroups.createForMemory(path + "/name");
        Process child;
        try (Cgroups.Entry entry = Cgroups.enter(group)) {
            child = new ProcessBuilder("sleep", "60").start();
        }

        assertEquals(origin, Cgroups.memoryGroup(self));
        assertEquals(List.of(child.pid()), Cgroups.members(group));
        assertTrue(GroupMemory.of(group).total() > 0);

        Cgroups.remove(List.of(group));
        assertTrue(child.waitFor(10, TimeUnit.SECONDS));
        assertFalse(Files.exists(group));
    }

    @Test
    void theHostHasTheControllersThatItHadBefore() throws Exception {
        Set<String> before = Cgroups.topControllers();
        Cgroups.create(path + "/name", new Limits(1, 64L << 20));
        Set<String> during = Cgroups.topControllers();

        remove();
        Cgroups.restoreTopControllers(before);

        assertEquals(before, Cgroups.topControllers());
        assertTrue(Cgroups.version() == 1 || during.containsAll(Set.of("cpu", "memory", "pids")), during.toString());
    }

    @Test
    void groupsWithControllersBelowThemCanBeRemoved() throws Exception {
        List<Path> groups = Cgroups.create(path + "/name", new Limits(1, 64L << 20));

        Cgroups.remove(groups);
        Cgroups.remove(Cgroups.directories(path));

        assertTrue(Stream.concat(groups.stream(), Cgroups.directories(path).stream())
                .noneMatch(Files::exists));
    }
}
