package dev.bench.program;

/**
 * Adds a routine that looks at every file below a directory, links not followed, and counts those of a kind. It is the only
 * loop over memory that a program has, so that it is written in instructions; the records are those of getdents64(2), of
 * which a call fetches as many as a page holds.
 */
final class DirectoryWalk {
    private static final int PAGE = 4096;
    private static final byte DEVICE_OF_CHARACTERS = 2;
    private static final byte DIRECTORY = 4;
    private static final byte DEVICE_OF_BLOCKS = 6;
    private static final byte REGULAR_FILE = 8;
    private static final int LENGTH_AT = 16;
    private static final int TYPE_AT = 18;
    private static final int NAME_AT = 19;
    private static final int MAY_WRITE = 2;
    private static final int LINK_ITSELF = 0x100;
    private static final int STATUS_BYTES = 144;
    private static final int MODE_AT = 24;
    private static final int TYPE_MASK = 0xF000;
    private static final int TYPE_SHIFT = 12;
    private static final int DIRECTORY_ITSELF = 0x10000 | 0x20000 | 0x80000;

    private final SyscallProgram program;
    private final SyscallProgram.Label walk = new SyscallProgram.Label();
    private final SyscallProgram.Label advance = new SyscallProgram.Label();

    /** Says what is counted. */
    enum Kind {
        /** Regular files that the process may write to, by their modes, its capabilities and the mount. */
        WRITABLE,
        /** Device nodes, whose records are kept too. */
        DEVICE
    }

    private DirectoryWalk(SyscallProgram program) {
        this.program = program;
    }

    /**
     * Adds a look at everything below a directory.
     *
     * @param count gets how many there are
     * @param kept the file that gets the records of devices
     */
    static void append(SyscallProgram program, String directory, Kind kind, Operand.Slot count, Operand.Slot kept) {
        new DirectoryWalk(program).append(directory, kind, count, kept);
    }

    private void append(String directory, Kind kind, Operand.Slot count, Operand.Slot kept) {
        SyscallProgram.Label end = new SyscallProgram.Label();
        program.call(Syscall.OPEN, program.string(directory), Operand.of(DIRECTORY_ITSELF), Operand.of(0))
                .jumpIfError(end);
        program.emit(0x89, 0xC7); // mov edi, eax
        call();
        program.jump(end).bind(walk);
        routine(kind, count, kept);
        program.bind(end);
    }

    private void call() {
        program.emit(0xE8);
        program.emitJump(walk);
    }

    private void system(Syscall call) {
        program.emit(0xB8); // mov eax, number
        program.emitInt(call.number());
        program.emit(0x0F, 0x05);
    }

    private void conditional(int opcode, SyscallProgram.Label label) {
        program.emit(0x0F, opcode);
        program.emitJump(label);
    }

    /** Takes a descriptor in edi; r12d holds it, rbx and r13 are the next record and their end, ebp a directory below. */
    private void routine(Kind kind, Operand.Slot count, Operand.Slot kept) {
        SyscallProgram.Label next = new SyscallProgram.Label();
        SyscallProgram.Label record = new SyscallProgram.Label();
        SyscallProgram.Label file = new SyscallProgram.Label();
        SyscallProgram.Label enter = new SyscallProgram.Label();
        SyscallProgram.Label done = new SyscallProgram.Label();
        program.emit(0x55, 0x53, 0x41, 0x54, 0x41, 0x55); // push rbp, rbx, r12, r13
        program.emit(0x48, 0x81, 0xEC); // sub rsp, PAGE
        program.emitInt(PAGE);
        program.emit(0x41, 0x89, 0xFC); // mov r12d, edi
        program.bind(next);
        program.emit(0x44, 0x89, 0xE7, 0x48, 0x89, 0xE6, 0xBA); // mov edi, r12d; mov rsi, rsp; mov edx, PAGE
        program.emitInt(PAGE);
        system(Syscall.GETDENTS64);
        program.jumpUnlessPositive(done);
        program.emit(0x48, 0x89, 0xE3, 0x4C, 0x8D, 0x2C, 0x04); // mov rbx, rsp; lea r13, [rsp + rax]
        program.bind(record);
        program.emit(0x4C, 0x39, 0xEB); // cmp rbx, r13; jae
        conditional(0x83, next);
        program.emit(0x8A, 0x43, TYPE_AT, 0x3C, DIRECTORY); // mov al, type; cmp al; jne
        conditional(0x85, file);
        program.emit(0x80, 0x7B, NAME_AT, '.'); // cmp byte [rbx + name], '.'; jne
        conditional(0x85, enter);
        program.emit(0x80, 0x7B, NAME_AT + 1, 0); // "."; je
        conditional(0x84, advance);
        program.emit(0x66, 0x81, 0x7B, NAME_AT + 1, '.', 0); // ".."; je
        conditional(0x84, advance);
        program.bind(enter);
        named(DIRECTORY_ITSELF);
        system(Syscall.OPENAT);
        program.emit(0x85, 0xC0); // test eax, eax; js
        conditional(0x88, advance);
        program.emit(0x89, 0xC5, 0x89, 0xC7); // mov ebp, eax; mov edi, eax
        call();
        program.emit(0x89, 0xEF); // mov edi, ebp
        system(Syscall.CLOSE);
        program.jump(advance).bind(file);
        judge(kind);
        program.emit(0x48, 0xB8); // mov rax, count; inc qword [rax]
        program.emitAddress(count.location());
        program.emit(0x48, 0xFF, 0x00);
        if (kind == Kind.DEVICE) {
            keep(kept);
        }
        program.bind(advance);
        program.emit(0x0F, 0xB7, 0x43, LENGTH_AT, 0x48, 0x01, 0xC3); // movzx eax, length; add rbx, rax
        program.jump(record).bind(done);
        program.emit(0x48, 0x81, 0xC4); // add rsp, PAGE
        program.emitInt(PAGE);
        program.emit(0x41, 0x5D, 0x41, 0x5C, 0x5B, 0x5D, 0xC3); // pop r13, r12, rbx, rbp; ret
    }

    /** Loads the directory, the record's name and a number as the first three arguments. */
    private void named(int third) {
        program.emit(0x44, 0x89, 0xE7, 0x48, 0x8D, 0x73, NAME_AT, 0xBA); // mov edi, r12d; lea rsi, name; mov edx
        program.emitInt(third);
    }

    /** Goes on to the next record unless this one, whose type is in al, is of the kind. */
    private void judge(Kind kind) {
        if (kind == Kind.DEVICE) {
            judgeDevice();
            return;
        }
        program.emit(0x3C, REGULAR_FILE); // cmp al; jne
        conditional(0x85, advance);
        named(MAY_WRITE);
        system(Syscall.FACCESSAT);
        program.emit(0x85, 0xC0); // test eax, eax; jne
        conditional(0x85, advance);
    }

    /** A record says of a node that is mounted over a file that it is a file, as engines without root have it. */
    private void judgeDevice() {
        SyscallProgram.Label found = new SyscallProgram.Label();
        Operand.Address status = program.buffer(STATUS_BYTES);
        program.emit(0x3C, DEVICE_OF_CHARACTERS); // cmp al; je
        conditional(0x84, found);
        program.emit(0x3C, DEVICE_OF_BLOCKS); // cmp al; je
        conditional(0x84, found);
        program.emit(0x3C, REGULAR_FILE); // cmp al; jne
        conditional(0x85, advance);
        named(0);
        program.emit(0x48, 0xBA); // mov rdx, status; mov r10d, LINK_ITSELF
        program.emitAddress(status);
        program.emit(0x41, 0xBA);
        program.emitInt(LINK_ITSELF);
        system(Syscall.NEWFSTATAT);
        program.emit(0x85, 0xC0); // test eax, eax; jne
        conditional(0x85, advance);
        program.emit(0x48, 0xA1); // mov rax, [mode]; and eax, TYPE_MASK
        program.emitAddress(new Operand.Address(status.offset() + MODE_AT));
        program.emit(0x25);
        program.emitInt(TYPE_MASK);
        program.emit(0x3D); // cmp eax; je
        program.emitInt(DEVICE_OF_CHARACTERS << TYPE_SHIFT);
        conditional(0x84, found);
        program.emit(0x3D); // cmp eax; jne
        program.emitInt(DEVICE_OF_BLOCKS << TYPE_SHIFT);
        conditional(0x85, advance);
        program.bind(found);
    }

    private void keep(Operand.Slot kept) {
        program.emit(0x48, 0xA1); // mov rax, [kept]; mov edi, eax; mov rsi, rbx; movzx edx, length
        program.emitAddress(kept.location());
        program.emit(0x89, 0xC7, 0x48, 0x89, 0xDE, 0x0F, 0xB7, 0x53, LENGTH_AT);
        system(Syscall.WRITE);
    }
}
