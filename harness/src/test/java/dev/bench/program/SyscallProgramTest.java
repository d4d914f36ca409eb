package dev.bench.program;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyscallProgramTest {
    @TempDir
    private Path directory;

    private record Run(int status, String output) {}

    private Run run(SyscallProgram program) throws IOException, InterruptedException {
        Path file = directory.resolve("program");
        Files.write(file, program.toElf());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        Process process =
                new ProcessBuilder(file.toString()).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), output);
    }

    @Test
    void writesAndExitsWithTheGivenStatus() throws Exception {
        SyscallProgram program = new SyscallProgram();
        program.write(Operand.of(1), "hello\n").call(Syscall.EXIT_GROUP, Operand.of(42));
        assertEquals(new Run(42, "hello\n"), run(program));
    }

    @Test
    void replacesItselfByAnotherProgramWithArgumentsAndEnvironment() throws Exception {
        SyscallProgram program = new SyscallProgram();
        new Steps(program).execute("/bin/sh", List.of("sh", "-c", "echo $A $1", "x", "argument"), List.of("A=value"));
        assertEquals(new Run(0, "value argument\n"), run(program));
    }

    @Test
    void reportsTheStepAndTheErrorNumberOfACallThatFails() throws Exception {
        SyscallProgram program = new SyscallProgram();
        program.failure(Operand.of(1), () -> program.call(Syscall.EXIT_GROUP, Operand.of(9)));
        program.must("first step", Syscall.CHDIR, program.string("/"));
        program.must("second step", Syscall.CHDIR, program.string("/no/such/directory"));
        program.must("third step", Syscall.CHDIR, program.string("/"));
        // -2, no such file or directory
        assertEquals(new Run(9, "failed second step\nfffffffe\n"), run(program));
    }

    @Test
    void clonesAChildAndWaitsForItsStatus() throws Exception {
        SyscallProgram program = new SyscallProgram();
        Operand.Slot status = program.slot();
        SyscallProgram.Label child = new SyscallProgram.Label();
        program.call(Syscall.CLONE, Operand.of(Steps.SIGCHLD), Operand.of(0), Operand.of(0), Operand.of(0));
        program.jumpIfZero(child);
        program.must("wait", Syscall.WAIT4, Operand.of(-1), status.location(), Operand.of(0), Operand.of(0));
        program.writeHex(Operand.of(1), status).call(Syscall.EXIT_GROUP, Operand.of(0));
        program.bind(child).call(Syscall.EXIT_GROUP, Operand.of(7));
        assertEquals(new Run(0, "00000700\n"), run(program));
    }

    @Test
    void passesAnEarlierResultAsArgument() throws Exception {
        Path file = directory.resolve("written");
        SyscallProgram program = new SyscallProgram();
        new Steps(program).writeFile(file.toString(), "content");
        program.call(Syscall.EXIT_GROUP, Operand.of(0));
        assertEquals(new Run(0, ""), run(program));
        assertEquals("content", Files.readString(file));
    }

    @Test
    void branchesOnAByteThatWasRead() throws Exception {
        Path input = Files.writeString(directory.resolve("input"), "m\n");
        for (char wanted : new char[] {'m', 's'}) {
            SyscallProgram program = new SyscallProgram();
            Operand.Slot file = program.slot();
            Operand.Address buffer = program.buffer(8);
            SyscallProgram.Label found = new SyscallProgram.Label();
            new Steps(program).open(input.toString(), 0, 0, file);
            program.call(Syscall.READ, file, buffer, Operand.of(8));
            program.jumpIfByte(buffer, wanted, found).call(Syscall.EXIT_GROUP, Operand.of(1));
            program.bind(found).call(Syscall.EXIT_GROUP, Operand.of(5));
            assertEquals(new Run(wanted == 'm' ? 5 : 1, ""), run(program));
        }
    }
}
