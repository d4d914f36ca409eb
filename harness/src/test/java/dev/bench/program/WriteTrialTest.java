package dev.bench.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.host.Commands;
import dev.bench.result.WritableLayer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WriteTrialTest {
    @TempDir
    private Path directory;

    private String run(String file) throws IOException {
        SyscallProgram program = new SyscallProgram();
        WriteTrial.append(program, Operand.of(1), directory.toString(), file);
        program.call(Syscall.EXIT_GROUP, Operand.of(0));
        Path executable = Files.write(directory.resolve("trial"), program.toElf());
        Files.setPosixFilePermissions(executable, PosixFilePermissions.fromString("rwx------"));
        return Commands.runOrThrow(Duration.ofMinutes(1), List.of(executable.toString()));
    }

    @Test
    void leavesATraceAndTheLargeFileAsItIsAndTellsBothTimes() throws IOException {
        Path large = Files.writeString(directory.resolve("large"), "content");

        Optional<WritableLayer.FirstWrite> told = WriteTrial.parse("before\r\n" + run("/large") + "after", "/large", 7);

        assertEquals("/large", told.orElseThrow().file());
        assertEquals(7, told.orElseThrow().bytes());
        assertTrue(told.orElseThrow().firstMs() > 0 && told.orElseThrow().firstMs() < 60_000, told.toString());
        assertTrue(told.orElseThrow().secondMs() > 0 && told.orElseThrow().secondMs() < 60_000, told.toString());
        assertEquals("content", Files.readString(large));
        assertEquals("left behind\n", Files.readString(Path.of(directory + WriteTrial.TRACE)));
    }

    @Test
    void tellsNothingOfAFileThatCannotBeOpened() throws IOException {
        assertEquals(Optional.empty(), WriteTrial.parse(run("/none"), "/none", 1));
        assertEquals(Optional.empty(), WriteTrial.parse("nothing of the kind", "/none", 1));
    }
}
