package dev.bench.program;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Builds a static x86-64 Linux executable out of system calls, one after the other.
 *
 * <p>Everything the calls point at is prepared here, so that the program parses nothing, needs no library and runs
 * before anything else exists: as the first process of a guest, or as the launcher of a workload on the host. A call
 * that fails ends the program through the routine given to {@link #failure}, which reports the step's name and errno.
 *
 * <p>The file holds one segment, code before data, loaded at a fixed address; see the System V ABI, AMD64 supplement,
 * and elf(5). Not safe for use by several threads.
 */
public final class SyscallProgram {
    private static final long BASE = 0x400000L;
    private static final int HEADER_BYTES = 64 + 56;
    /** {@code mov r64, imm64} for the six argument registers rdi, rsi, rdx, r10, r8, r9. */
    private static final byte[][] LOAD_IMMEDIATE = {
        {0x48, (byte) 0xBF},
        {0x48, (byte) 0xBE},
        {0x48, (byte) 0xBA},
        {0x49, (byte) 0xBA},
        {0x49, (byte) 0xB8},
        {0x49, (byte) 0xB9}
    };
    /** {@code mov r64, rax} for the same registers. */
    private static final byte[][] LOAD_FROM_RAX = {
        {0x48, (byte) 0x89, (byte) 0xC7},
        {0x48, (byte) 0x89, (byte) 0xC6},
        {0x48, (byte) 0x89, (byte) 0xC2},
        {0x49, (byte) 0x89, (byte) 0xC2},
        {0x49, (byte) 0x89, (byte) 0xC0},
        {0x49, (byte) 0x89, (byte) 0xC1}
    };

    private final ByteArrayOutputStream code = new ByteArrayOutputStream();
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();
    private final Map<String, Operand.Address> strings = new LinkedHashMap<>();
    private final Map<Integer, Integer> codeRelocations = new LinkedHashMap<>();
    private final Map<Integer, Integer> dataRelocations = new LinkedHashMap<>();
    private final Map<Integer, Label> jumps = new LinkedHashMap<>();
    private final Map<Failure, Label> failures = new LinkedHashMap<>();
    private final Operand.Slot error = slot();
    private Consequence consequence =
            new Consequence(Operand.of(2), "", () -> call(Syscall.EXIT_GROUP, Operand.of(127)));

    /** Says what a step's failure leads to. */
    private record Consequence(Operand output, String scope, Runnable routine) {}

    private record Failure(String step, Consequence consequence) {}

    /** Marks a place in the program to jump to. */
    public static final class Label {
        private int position = -1;
    }

    /** Adds a NUL-terminated string in UTF-8 and returns its address; equal strings are stored once. */
    public Operand.Address string(String text) {
        return strings.computeIfAbsent(text, value -> bytes((value + "\0").getBytes(StandardCharsets.UTF_8)));
    }

    /** Adds bytes and returns their address, a multiple of eight. */
    public Operand.Address bytes(byte[] content) {
        while (data.size() % 8 != 0) {
            data.write(0);
        }
        Operand.Address address = new Operand.Address(data.size());
        data.writeBytes(content);
        return address;
    }

    /** Adds a buffer of zeros. */
    public Operand.Address buffer(int size) {
        return bytes(new byte[size]);
    }

    /** Adds a NULL-terminated array of strings, as execve(2) wants it. */
    public Operand.Address stringArray(List<String> texts) {
        List<Operand.Address> addresses = texts.stream().map(this::string).toList();
        Operand.Address array = buffer(8 * (texts.size() + 1));
        for (int i = 0; i < addresses.size(); i++) {
            dataRelocations.put(array.offset() + 8 * i, addresses.get(i).offset());
        }
        return array;
    }

    /** Reserves memory for a result. */
    public Operand.Slot slot() {
        return new Operand.Slot(buffer(8));
    }

    /** Makes a call and ignores its outcome. */
    public SyscallProgram call(Syscall syscall, Operand... arguments) {
        return call(syscall.number(), arguments);
    }

    /** Makes a call by its number and ignores its outcome. */
    SyscallProgram call(int number, Operand... arguments) {
        if (arguments.length > LOAD_IMMEDIATE.length) {
            throw new IllegalArgumentException("a system call takes six arguments at most");
        }
        // Slots go through rax, so they come first only in the sense that rax is free until the number is loaded.
        for (int i = 0; i < arguments.length; i++) {
            Operand argument = arguments[i];
            if (argument instanceof Operand.Slot slot) {
                emit(0x48, 0xA1);
                emitAddress(slot.location());
                code.writeBytes(LOAD_FROM_RAX[i]);
            } else {
                code.writeBytes(LOAD_IMMEDIATE[i]);
                if (argument instanceof Operand.Address address) {
                    emitAddress(address);
                } else {
                    emitLong(((Operand.Immediate) argument).value());
                }
            }
        }
        emit(0x48, 0xC7, 0xC0);
        emitInt(number);
        emit(0x0F, 0x05);
        return this;
    }

    /** Makes a call that must succeed; where it fails, the failure routine runs with this step's name. */
    public SyscallProgram must(String step, Syscall syscall, Operand... arguments) {
        call(syscall, arguments);
        return jumpIfError(failures.computeIfAbsent(new Failure(step, consequence), name -> new Label()));
    }

    /** Goes on at the label where the last call failed: the kernel returns -errno in [-4095, -1]. */
    SyscallProgram jumpIfError(Label label) {
        emit(0x48, 0x3D); // cmp rax, -4096; ja
        emitInt(-4096);
        emit(0x0F, 0x87);
        emitJump(label);
        return this;
    }

    /** Stores where the arguments and the environment lie that the program was executed with, each as execve(2) wants it. */
    SyscallProgram inherited(Operand.Slot arguments, Operand.Slot environment) {
        // Nothing moves the stack: their number is still its last word, and they lie above it.
        emit(0x48, 0x8D, 0x44, 0x24, 0x08); // lea rax, [rsp + 8]
        store(arguments);
        emit(0x48, 0x8B, 0x04, 0x24); // mov rax, [rsp]
        emit(0x48, 0x8D, 0x44, 0xC4, 0x10); // lea rax, [rsp + 8 * rax + 16]
        return store(environment);
    }

    /** Stores the last call's result. */
    public SyscallProgram store(Operand.Slot slot) {
        emit(0x48, 0xA3);
        emitAddress(slot.location());
        return this;
    }

    /** Binds a label to this place. */
    public SyscallProgram bind(Label label) {
        label.position = code.size();
        return this;
    }

    /** Goes on at the label. */
    public SyscallProgram jump(Label label) {
        emit(0xE9);
        emitJump(label);
        return this;
    }

    /** Goes on at the label where the last call returned 0. */
    public SyscallProgram jumpIfZero(Label label) {
        emit(0x48, 0x85, 0xC0, 0x0F, 0x84);
        emitJump(label);
        return this;
    }

    /** Goes on at the label where the last call returned less than 1: the end of a file, or an error. */
    public SyscallProgram jumpUnlessPositive(Label label) {
        emit(0x48, 0x85, 0xC0, 0x0F, 0x8E);
        emitJump(label);
        return this;
    }

    /** Goes on at the label where the last call returned the value in the slot. */
    public SyscallProgram jumpIfEqual(Operand.Slot slot, Label label) {
        emit(0x48, 0x89, 0xC1); // mov rcx, rax
        emit(0x48, 0xA1); // mov rax, [slot]
        emitAddress(slot.location());
        emit(0x48, 0x39, 0xC1, 0x0F, 0x84); // cmp rcx, rax; je
        emitJump(label);
        return this;
    }

    /** Goes on at the label where the first byte behind the address has this value, 0 to 127. */
    public SyscallProgram jumpIfByte(Operand.Address address, char value, Label label) {
        emit(0x48, 0xBA); // mov rdx, address
        emitAddress(address);
        emit(0x80, 0x3A, value, 0x0F, 0x84); // cmp byte [rdx], value; je
        emitJump(label);
        return this;
    }

    /** Puts a byte, 0 to 127, behind the address. */
    public SyscallProgram put(Operand.Address address, int value) {
        emit(0x48, 0xBA); // mov rdx, address
        emitAddress(address);
        emit(0xC6, 0x02, value); // mov byte [rdx], value
        return this;
    }

    /** Stores the negative of what one slot holds in another. */
    public SyscallProgram negate(Operand.Slot value, Operand.Slot negative) {
        emit(0x48, 0xA1); // mov rax, [value]
        emitAddress(value.location());
        emit(0x48, 0xF7, 0xD8); // neg rax
        return store(negative);
    }

    /**
     * Moves a piece of memory to the front, over what is there.
     *
     * @param buffer where it goes
     * @param distance how many bytes behind that it begins
     * @param size its bytes
     */
    public SyscallProgram moveToFront(Operand.Address buffer, Operand.Slot distance, int size) {
        emit(0x48, 0xBF); // mov rdi, buffer
        emitAddress(buffer);
        emit(0x48, 0xA1); // mov rax, [distance]
        emitAddress(distance.location());
        emit(0x48, 0x8D, 0x34, 0x07); // lea rsi, [rdi + rax]
        emit(0x48, 0xC7, 0xC1); // mov rcx, size
        emitInt(size);
        emit(0xF3, 0xA4); // rep movsb
        return this;
    }

    /**
     * Finds where the zeros end that a buffer begins with.
     *
     * @param start gets the address of the first byte that is not zero, or of the buffer's end
     * @param length gets the number of bytes from there to the buffer's end
     */
    public SyscallProgram skipZeros(Operand.Address buffer, int size, Operand.Slot start, Operand.Slot length) {
        emit(0x48, 0xBF); // mov rdi, buffer
        emitAddress(buffer);
        emit(0x48, 0xC7, 0xC1); // mov rcx, size
        emitInt(size);
        emit(0x31, 0xC0); // xor eax, eax
        emit(0xF3, 0xAE); // repe scasb: leaves rdi behind the byte that differs
        emit(0x0F, 0x95, 0xC0); // setne al
        emit(0x48, 0x29, 0xC7); // sub rdi, rax
        emit(0x48, 0x01, 0xC1); // add rcx, rax
        emit(0x48, 0x89, 0xF8); // mov rax, rdi
        store(start);
        emit(0x48, 0x89, 0xC8); // mov rax, rcx
        return store(length);
    }

    /** Writes the low 32 bits of a slot as eight hexadecimal digits and a line feed to a file. */
    public SyscallProgram writeHex(Operand output, Operand.Slot value) {
        Operand.Address digits = bytes("0123456789abcdef".getBytes(StandardCharsets.US_ASCII));
        Operand.Address text = bytes("00000000\n".getBytes(StandardCharsets.US_ASCII));
        emit(0x48, 0xA1);
        emitAddress(value.location());
        for (int place = 7; place >= 0; place--) {
            emit(0x48, 0x89, 0xC1, 0x83, 0xE1, 0x0F); // mov rcx, rax; and ecx, 15
            emit(0x48, 0xBA); // mov rdx, digits
            emitAddress(digits);
            emit(0x8A, 0x0C, 0x0A); // mov cl, [rdx + rcx]
            emit(0x48, 0xBA); // mov rdx, text + place
            emitAddress(new Operand.Address(text.offset() + place));
            emit(0x88, 0x0A); // mov [rdx], cl
            emit(0x48, 0xC1, 0xE8, 0x04); // shr rax, 4
        }
        return call(Syscall.WRITE, output, text, Operand.of(9));
    }

    /** Writes a text to a file, ignoring errors. */
    public SyscallProgram write(Operand output, String text) {
        return call(Syscall.WRITE, output, string(text), Operand.of(text.getBytes(StandardCharsets.UTF_8).length));
    }

    /**
     * Says what happens when a call that must succeed fails: {@code failed STEP} and the negative errno in hexadecimal go
     * to the output, each on a line ({@link FailedStep} reads them), then the routine's own calls run, which must not
     * return.
     */
    public SyscallProgram failure(Operand output, Runnable routine) {
        return failure(output, "", routine);
    }

    /**
     * Says the same of the calls that are added from now on.
     *
     * @param scope stands before the step's name
     */
    public SyscallProgram failure(Operand output, String scope, Runnable routine) {
        consequence = new Consequence(output, scope, routine);
        return this;
    }

    /** Returns the executable. The program must not be added to afterwards. */
    public byte[] toElf() {
        failures.forEach((failure, label) -> {
            Consequence follows = failure.consequence();
            bind(label);
            store(error);
            write(follows.output(), FailedStep.MARK + follows.scope() + failure.step() + "\n");
            writeHex(follows.output(), error);
            follows.routine().run();
        });
        byte[] text = code.toByteArray();
        int dataStart = (HEADER_BYTES + text.length + 15) & ~15;
        ByteBuffer file = ByteBuffer.allocate(dataStart + data.size()).order(ByteOrder.LITTLE_ENDIAN);
        header(file);
        jumps.forEach((position, label) -> {
            if (label.position < 0) {
                throw new IllegalStateException("a label is jumped to but bound nowhere");
            }
            ByteBuffer.wrap(text).order(ByteOrder.LITTLE_ENDIAN).putInt(position, label.position - (position + 4));
        });
        file.position(HEADER_BYTES).put(text).position(dataStart).put(data.toByteArray());
        codeRelocations.forEach((position, offset) -> file.putLong(HEADER_BYTES + position, BASE + dataStart + offset));
        dataRelocations.forEach((position, offset) -> file.putLong(dataStart + position, BASE + dataStart + offset));
        return file.array();
    }

    private static void header(ByteBuffer file) {
        file.put(new byte[] {0x7F, 'E', 'L', 'F', 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0});
        file.putShort((short) 2).putShort((short) 62).putInt(1); // executable, x86-64
        file.putLong(BASE + HEADER_BYTES).putLong(64).putLong(0).putInt(0);
        file.putShort((short) 64).putShort((short) 56).putShort((short) 1);
        file.putShort((short) 0).putShort((short) 0).putShort((short) 0);
        file.putInt(1).putInt(7); // PT_LOAD; read, write, execute
        file.putLong(0).putLong(BASE).putLong(BASE);
        file.putLong(file.capacity()).putLong(file.capacity()).putLong(0x1000);
    }

    void emit(int... bytes) {
        for (int value : bytes) {
            code.write(value);
        }
    }

    void emitInt(int value) {
        code.writeBytes(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array());
    }

    private void emitLong(long value) {
        code.writeBytes(ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array());
    }

    void emitAddress(Operand.Address address) {
        codeRelocations.put(code.size(), address.offset());
        emitLong(0);
    }

    void emitJump(Label label) {
        jumps.put(code.size(), label);
        emitInt(0);
    }
}
