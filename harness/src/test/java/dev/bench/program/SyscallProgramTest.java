package dev.bench.program;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyscallProgramTest {
    @TempDir
    private Path directory;

    private record Run(int status, String output) {}

    private Run run(SyscallProgram program) throws IOException, InterruptedException {
        return run(builder(program));
    }

    private ProcessBuilder builder(SyscallProgram program) throws IOException {
        Path file = directory.resolve("program");
        Files.write(file, program.toElf());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        return new ProcessBuilder(new ArrayList<>(List.of(file.toString())));
    }

    private static Run run(ProcessBuilder builder) throws IOException, InterruptedException {
        Process process = builder.redirectErrorStream(true).start();
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
    void handsItsOwnArgumentsAndEnvironmentToTheProgramItBecomes() throws Exception {
        SyscallProgram program = new SyscallProgram();
        program.write(Operand.of(1), "first\n");
        new Steps(program).executeInstead("/bin/sh");
        ProcessBuilder builder = builder(program);
        builder.command().addAll(List.of("-c", "echo $A $1", "x", "argument"));
        builder.environment().put("A", "value");
        assertEquals(new Run(0, "first\nvalue argument\n"), run(builder));
    }

    @Test
    void staysOnTheProcessorsItIsGiven() throws Exception {
        SyscallProgram program = new SyscallProgram();
        Steps steps = new Steps(program).runOn("0-0");
        steps.execute("/bin/grep", List.of("grep", "-h", "Cpus_allowed_list", "/proc/self/status"), List.of());
        assertEquals(new Run(0, "Cpus_allowed_list:\t0\n"), run(program));
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

    @Test
    void keepsTheEndOfWhatItReads() throws Exception {
        Path input = Files.writeString(directory.resolve("input"), "0123456789abcdefghi");
        SyscallProgram program = new SyscallProgram();
        Operand.Slot file = program.slot();
        Operand.Slot count = program.slot();
        Operand.Slot start = program.slot();
        Operand.Slot length = program.slot();
        Operand.Address tail = program.buffer(16);
        SyscallProgram.Label next = new SyscallProgram.Label();
        SyscallProgram.Label done = new SyscallProgram.Label();
        new Steps(program).open(input.toString(), 0, 0, file);
        program.bind(next)
                .call(Syscall.READ, file, new Operand.Address(tail.offset() + 8), Operand.of(5))
                .store(count)
                .jumpUnlessPositive(done)
                .moveToFront(tail, count, 8)
                .jump(next)
                .bind(done)
                .skipZeros(tail, 8, start, length)
                .call(Syscall.WRITE, Operand.of(1), start, length)
                .call(Syscall.EXIT_GROUP, Operand.of(0));
        assertEquals(new Run(0, "bcdefghi"), run(program));
    }

    @Test
    void skipsTheZerosThatABufferBeginsWith() throws Exception {
        for (String content : List.of("", "x", "xyz", "12345678")) {
            SyscallProgram program = new SyscallProgram();
            Operand.Slot start = program.slot();
            Operand.Slot length = program.slot();
            Operand.Address buffer =
                    program.bytes(("\0".repeat(8 - content.length()) + content).getBytes(StandardCharsets.US_ASCII));
            program.skipZeros(buffer, 8, start, length)
                    .call(Syscall.WRITE, Operand.of(1), start, length)
                    .call(Syscall.EXIT_GROUP, length);
            assertEquals(new Run(content.length(), content), run(program));
        }
    }

    @Test
    void killsTheProcessGroupOfAChild() throws Exception {
        SyscallProgram program = new SyscallProgram();
        Operand.Slot process = program.slot();
        Operand.Slot group = program.slot();
        Operand.Slot status = program.slot();
        Operand.Address byteRead = program.buffer(8);
        SyscallProgram.Label child = new SyscallProgram.Label();
        Steps.Pipe pipe = new Steps(program).pipe();
        program.call(Syscall.CLONE, Operand.of(Steps.SIGCHLD), Operand.of(0), Operand.of(0), Operand.of(0));
        program.jumpIfZero(child).store(process);
        program.call(Syscall.READ, pipe.readEnd(), byteRead, Operand.of(1));
        program.negate(process, group).call(Syscall.KILL, group, Operand.of(9));
        program.must("wait", Syscall.WAIT4, Operand.of(-1), status.location(), Operand.of(0), Operand.of(0));
        program.writeHex(Operand.of(1), status).call(Syscall.EXIT_GROUP, Operand.of(0));
        program.bind(child).call(Syscall.SETSID).write(pipe.writeEnd(), "x").call(Syscall.PAUSE);
        assertEquals(new Run(0, "00000009\n"), run(program));
    }

    @Test
    void putsAByteWhereItIsTold() throws Exception {
        SyscallProgram program = new SyscallProgram();
        Operand.Slot slot = program.slot();
        program.put(new Operand.Address(slot.location().offset() + 1), 3)
                .writeHex(Operand.of(1), slot)
                .call(Syscall.EXIT_GROUP, Operand.of(0));
        assertEquals(new Run(0, "00000300\n"), run(program));
    }

    @Test
    void aFailureLeadsToWhatWasSaidBeforeTheStep() throws Exception {
        String missing = directory.resolve("missing").toString();
        for (String wanted : List.of("first", "second")) {
            SyscallProgram program = new SyscallProgram();
            program.failure(Operand.of(1), () -> program.call(Syscall.EXIT_GROUP, Operand.of(1)));
            program.must("step", Syscall.CHDIR, program.string(wanted.equals("first") ? missing : "/"));
            program.failure(Operand.of(1), "A: ", () -> program.call(Syscall.EXIT_GROUP, Operand.of(2)));
            program.must("step", Syscall.CHDIR, program.string(missing));
            assertEquals(
                    wanted.equals("first")
                            ? new Run(1, "failed step\nfffffffe\n")
                            : new Run(2, "failed A: step\nfffffffe\n"),
                    run(program));
        }
    }
}
