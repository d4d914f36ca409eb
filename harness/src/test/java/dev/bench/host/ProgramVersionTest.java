package dev.bench.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramVersionTest {
    @TempDir
    private Path directory;

    @Test
    void findsTheVersionInWhatProgramsPrint() {
        assertEquals("20.10.24+dfsg1", ProgramVersion.first("Docker version 20.10.24+dfsg1, build 5d6db84\n"));
        assertEquals(
                "1.6.20~ds1",
                ProgramVersion.first("containerd github.com/containerd/containerd 1.6.20~ds1 1.6.20~ds1-1+deb12u1"));
        assertEquals("7.2.22", ProgramVersion.first("QEMU emulator version 7.2.22 (Debian 1:7.2+dfsg-7)\n"));
        assertNull(ProgramVersion.first("no version here"));
    }

    @Test
    void saysWhyAVersionIsNotKnown() throws IOException {
        assertEquals(
                new ProgramVersion(null, "not installed: no-such-program", false),
                ProgramVersion.of("no-such-program"));
        ProgramVersion known = ask("known", "echo known version 1.2.3, of today");
        assertEquals("1.2.3", known.version());
        assertEquals("", known.problem());

        ProgramVersion failed = ask("failed", "echo 'cannot open shared object file' >&2; exit 127");
        assertNull(failed.version());
        assertTrue(failed.installed());
        assertTrue(
                failed.problem().contains("ended with status 127: cannot open shared object file"), failed.problem());

        ProgramVersion nameless = ask("nameless", "echo hello");
        assertTrue(nameless.problem().endsWith("--version` names no version: hello"), nameless.problem());
    }

    @Test
    void tellsAProgramThatIsSlowFromOneThatIsNotThere() throws IOException {
        ProgramVersion slow = ProgramVersion.ask(Duration.ofSeconds(1), program("slow", "sleep 60"));

        assertNull(slow.version());
        assertTrue(slow.installed());
        assertTrue(slow.problem().endsWith("--version` did not end within 1 s"), slow.problem());
        assertFalse(slow.problem().contains("installed"), slow.problem());
    }

    private ProgramVersion ask(String name, String script) throws IOException {
        return ProgramVersion.ask(Commands.AT_ONCE, program(name, script));
    }

    private Path program(String name, String script) throws IOException {
        Path program = Files.writeString(directory.resolve(name), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        return program;
    }

    @Test
    void comparesNumbersAndNotTexts() {
        assertTrue(ProgramVersion.isAtLeast("1.40.0", 1, 40));
        assertTrue(ProgramVersion.isAtLeast("2.0", 1, 40));
        assertTrue(ProgramVersion.isAtLeast("28.5.2+dfsg3", 28, 0));
        assertFalse(ProgramVersion.isAtLeast("1.9.9", 1, 40));
        assertFalse(ProgramVersion.isAtLeast("9.99", 28, 0));
        assertFalse(ProgramVersion.isAtLeast("", 0, 0));
        assertFalse(ProgramVersion.isAtLeast("of unknown version", 0, 0));
    }
}
