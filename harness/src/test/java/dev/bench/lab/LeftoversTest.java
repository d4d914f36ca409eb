package dev.bench.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.target.Drivers;
import dev.bench.target.TargetDriver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Removes runs that are described in a directory of the test's own; their run ids are those of no other run. */
@Timeout(60)
final class LeftoversTest {
    private static final List<TargetDriver> DRIVERS = Drivers.all();

    @TempDir
    private Path directory = Path.of("");

    private final String runId = Lab.newRunId();

    @Test
    void removesTheRunsDirectoriesAndNothingBesideThem() throws IOException {
        Path run = describeRun("runs/" + runId);
        Path other = Files.createDirectories(directory.resolve("cache/runs/ffffffff"));
        Files.writeString(directory.resolve("cache/kept"), "");
        Files.createSymbolicLink(run.resolve("link"), other);

        assertEquals("0 processes, 0 mounts, 0 network namespaces", Leftovers.removeRun(runId, run, DRIVERS));

        assertFalse(Files.exists(run));
        assertFalse(Files.exists(directory.resolve("cache/runs/" + runId)));
        assertTrue(Files.isDirectory(other));
        assertTrue(Files.exists(directory.resolve("cache/kept")));
    }

    @Test
    void leavesADirectoryOnDiskThatIsNotTheRuns() throws IOException {
        Path run = describeRun("precious");

        Leftovers.removeRun(runId, run, DRIVERS);

        assertFalse(Files.exists(run));
        assertTrue(Files.exists(directory.resolve("cache/precious/file")));
    }

    @Test
    void removesARunThatStatedNothing() throws IOException {
        Path run = Files.createDirectories(directory.resolve("run/" + runId));
        Files.writeString(run.resolve("dockerd.log"), "");

        Leftovers.removeRun(runId, run, DRIVERS);

        assertFalse(Files.exists(run));
    }

    @Test
    void isContentWithARunThatIsGone() throws IOException {
        assertEquals(
                "0 processes, 0 mounts, 0 network namespaces",
                Leftovers.removeRun(runId, directory.resolve("run/" + runId), DRIVERS));
    }

    @Test
    void killsEveryProcessThatNamesTheDirectoryAndNoOther() throws Exception {
        Path run = Files.createDirectories(directory.resolve("run/" + runId));
        Process named = sleep("--root=" + run + "/docker");
        Process other = sleep("--root=" + run + "0/docker");
        try {
            assertEquals(1, RunProcesses.kill(RunProcesses.marks(runId, run, DRIVERS)));

            assertTrue(named.waitFor(5, TimeUnit.SECONDS));
            assertEquals(128 + 9, named.exitValue());
            assertTrue(other.isAlive());
        } finally {
            named.destroyForcibly();
            other.destroyForcibly();
        }
    }

    /** As virtiofsd does with the directory that it serves; it is left alone where a run is killed before its guest begins. */
    @Test
    void killsWhatHasShutItselfInToo() throws Exception {
        Path root = Files.createDirectories(directory.resolve("root"));
        Files.copy(Path.of("/bin/busybox"), root.resolve("busybox"));
        List<String> command = new ArrayList<>(List.of("unshare", "--mount", "chroot", root.toString()));
        command.addAll(
                List.of("/busybox", "sh", "-c", "echo; read line; exit 0", "sh", "/cache/runs/" + runId + "/root"));
        Process shutIn = new ProcessBuilder(command).start();
        try {
            assertEquals('\n', shutIn.getInputStream().read());

            assertEquals(1, RunProcesses.kill(RunProcesses.marks(runId, directory.resolve("run/" + runId), DRIVERS)));

            assertTrue(shutIn.waitFor(5, TimeUnit.SECONDS));
        } finally {
            shutIn.destroyForcibly();
        }
    }

    @Test
    void findsARunByAnEmulatorThatNamesIt() throws Exception {
        Process emulator = sleep("guest=bench-" + runId + "-1-2-vm,debug-threads=on");
        Process other = sleep("guest=other-" + runId + "-1-2-vm");
        try {
            assertTrue(Orphans.find(directory, DRIVERS).contains(runId));

            assertEquals(1, RunProcesses.kill(RunProcesses.marks(runId, directory.resolve("run/" + runId), DRIVERS)));

            assertTrue(emulator.waitFor(5, TimeUnit.SECONDS));
            assertFalse(Orphans.find(directory, DRIVERS).contains(runId));
            assertTrue(other.isAlive());
        } finally {
            emulator.destroyForcibly();
            other.destroyForcibly();
        }
    }

    @Test
    void readsWhatARunStated() throws IOException {
        Path run = describeRun("runs/" + runId);

        assertEquals(
                directory.resolve("cache/runs/" + runId).toString(),
                RunDirectory.facts(run).get(RunDirectory.WORK));
        Files.writeString(run.resolve("owner"), "work=\\u00zz");
        assertEquals(Map.of(), RunDirectory.facts(run));
        assertEquals(Map.of(), RunDirectory.facts(directory.resolve("none")));
    }

    /** Describes a run with files of its own in memory and on disk. */
    private Path describeRun(String work) throws IOException {
        Path run = Files.createDirectories(directory.resolve("run/" + runId + "/docker"));
        Path onDisk = Files.createDirectories(directory.resolve("cache").resolve(work));
        Files.writeString(onDisk.resolve("file"), "");
        Files.writeString(run.getParent().resolve("owner"), "pid=1\nwork=" + onDisk + "\n");
        return run.getParent();
    }

    private static Process sleep(String argument) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("sh", "-c", "echo; read line; exit 0", "sh", argument).start();
        // Its command line is its own only once it has been executed.
        assertEquals('\n', process.getInputStream().read());
        return process;
    }
}
