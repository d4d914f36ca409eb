package dev.bench.docker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.host.FileTrees;
import dev.bench.workload.Limits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Enters a runtime that only tells what it was told, in groups that are directories. */
final class RootlessDockerTest {
    private static final String ID = "0123abcd";

    @TempDir
    private Path directory = Path.of("");

    private Path group = directory;

    @BeforeEach
    void makeWhatTheScriptFinds() throws IOException {
        group = Files.createDirectories(directory.resolve("group"));
        Files.createDirectories(directory.resolve("rootless"));
        RootlessDocker.limit(directory, new Limits(1.5, 64L << 20));
        program("runc", "echo \"$@\"; [ \"$2\" != delete ] || exit 3");
        program("limited", "");
        Files.write(
                directory.resolve("limited"),
                RootlessDocker.entry(directory.resolve("rootless/limits"), List.of(group)));
    }

    /** Has the kernel's part: a new group has the files of its controllers. */
    private void controllers(String... files) throws IOException {
        StringBuilder made = new StringBuilder("/bin/mkdir \"$@\"");
        for (String file : files) {
            made.append(" && : >\"$1/").append(file).append('"');
        }
        program("mkdir", made.toString());
    }

    private void program(String name, String text) throws IOException {
        FileTrees.writeProgram(directory.resolve(name), ("#!/bin/sh\n" + text + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private String enter(int status, String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(List.of(directory.resolve("limited").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("PATH", directory + ":/usr/bin:/bin");
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(status, process.waitFor(), said);
        return said.strip();
    }

    private String read(String file) throws IOException {
        return Files.readString(group.resolve(ID).resolve(file)).strip();
    }

    @Test
    void aContainerIsCreatedInAGroupWithLimitsOfEitherVersion() throws Exception {
        controllers("cpu.max", "memory.max", "memory.swap.max");
        assertEquals("--root r create --bundle b " + ID, enter(0, "--root", "r", "create", "--bundle", "b", ID));
        assertEquals("150000 100000", read("cpu.max"));
        assertEquals("67108864", read("memory.max"));
        assertEquals("0", read("memory.swap.max"));
        assertTrue(read("cgroup.procs").matches("[0-9]+"), "the process that becomes the runtime is in it");
        assertFalse(Files.exists(group.resolve(ID + "/cpu.cfs_quota_us")));

        FileTrees.delete(group.resolve(ID));
        controllers("cpu.cfs_period_us", "cpu.cfs_quota_us");
        enter(0, "create", ID);
        assertEquals("150000", read("cpu.cfs_quota_us"));
        assertEquals("100000", read("cpu.cfs_period_us"));
    }

    @Test
    void aContainerWithoutItsGroupIsNotCreated() throws Exception {
        program("mkdir", "echo refused; exit 1");

        assertEquals("refused", enter(1, "create", ID));
    }

    @Test
    void aRemovedContainersGroupGoesAndTheRuntimesStatusStays() throws Exception {
        Files.createDirectories(group.resolve(ID).resolve(ID));

        assertEquals("x delete --force " + ID, enter(3, "x", "delete", "--force", ID));
        assertFalse(Files.exists(group.resolve(ID)));
        assertEquals("state " + ID, enter(0, "state", ID));
    }
}
