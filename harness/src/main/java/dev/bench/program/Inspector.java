package dev.bench.program;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Stands in for a workload's executable, once and untimed, and prints what it is kept from: what the kernel says of its
 * confinement, which system calls answer it, which devices it has and which settings of the kernel it may write to. Stateless.
 *
 * <p>A system call is tried in a process of its own with -1 for every argument, which none of them takes, so that it is
 * refused for its arguments at the latest; a few that would do something all the same are left out. See proc(5),
 * seccomp(2), capabilities(7), namespaces(7).
 */
public final class Inspector {
    /** The namespaces that there are, as {@code /proc/PID/ns} calls them. */
    public static final List<String> NAMESPACES = List.of("mnt", "pid", "net", "ipc", "uts", "user", "cgroup", "time");

    private static final String STATUS = "/proc/self/status";
    private static final String LABEL = "/proc/self/attr/current";
    private static final String BOOT = "/proc/sys/kernel/random/boot_id";
    private static final String VERSION = "/proc/version";
    private static final String USERS = "/proc/self/uid_map";
    private static final String PROCESSOR = "/proc/cpuinfo";
    private static final String SYMBOLS = "/proc/kallsyms";

    /** What is read, each with how much of it is enough. */
    private static final Map<String, Integer> FILES = files();

    private static final String BEGIN = "\n@bench-inspection@";
    private static final String END = "@bench-inspected@\n";
    private static final int LINK_BYTES = 64;

    /** So that what is read in pieces of four ends with zeros, and so does a list of records. */
    private static final int PADDING = 24;

    private static final long CLONE_VM = 0x100;
    private static final long CLONE_VFORK = 0x4000;
    private static final int FUTEX_WAKE = 1;
    private static final int SIGSYS = 31;
    private static final int EPERM = 1;
    private static final int ENOSYS = 38;

    /** These act whatever they are given, end the process, or wait for ever. */
    private static final Set<String> LEFT_OUT =
            Set.of("exit", "exit_group", "kill", "msgget", "pause", "reboot", "rt_sigreturn", "sync", "vhangup");

    private Inspector() {}

    private static Map<String, Integer> files() {
        Map<String, Integer> files = new LinkedHashMap<>();
        files.put(STATUS, 4096);
        files.put(LABEL, 256);
        files.put(BOOT, 64);
        files.put(VERSION, 512);
        files.put(PROCESSOR, 4096);
        files.put(SYMBOLS, 64);
        files.put(USERS, 128);
        files.put("/sys/fs/cgroup/memory.max", 64);
        files.put("/sys/fs/cgroup/memory/memory.limit_in_bytes", 64);
        files.put("/sys/fs/cgroup/cpu.max", 64);
        files.put("/sys/fs/cgroup/cpu/cpu.cfs_quota_us", 64);
        files.put("/sys/fs/cgroup/cpu/cpu.cfs_period_us", 64);
        return files;
    }

    /** Returns the numbers of the system calls that are tried. */
    private static List<Integer> tried() {
        return SystemCalls.numbers().stream()
                .filter(number -> !LEFT_OUT.contains(SystemCalls.name(number)))
                .toList();
    }

    /** Returns the executable. It needs {@code /proc}. */
    public static byte[] program() {
        SyscallProgram program = new SyscallProgram();
        Operand console = Operand.of(1);
        program.failure(console, () -> program.call(Syscall.EXIT_GROUP, Operand.of(1)));
        // A few thousand small writes to an emulated console take a minute.
        Operand.Slot output = program.slot();
        begin(program, output);
        Operand.Slot scratch = program.slot();
        Operand.Address buffer = program.buffer(4096);
        Operand.Slot count = program.slot();
        Operand.Slot file = program.slot();
        program.write(output, BEGIN);
        FILES.forEach((path, bytes) -> {
            begin(program, scratch);
            program.call(Syscall.OPEN, program.string(path), Operand.of(0), Operand.of(0))
                    .store(file);
            program.call(Syscall.READ, file, buffer, Operand.of(bytes)).store(count);
            program.call(Syscall.WRITE, scratch, buffer, count).call(Syscall.CLOSE, file);
            print(program, output, scratch);
        });
        for (String namespace : NAMESPACES) {
            begin(program, scratch);
            program.call(Syscall.READLINK, program.string("/proc/self/ns/" + namespace), buffer, Operand.of(LINK_BYTES))
                    .store(count);
            program.call(Syscall.WRITE, scratch, buffer, count);
            print(program, output, scratch);
        }
        Operand.Slot settings = program.slot();
        Operand.Slot objects = program.slot();
        Operand.Slot devices = program.slot();
        begin(program, scratch);
        DirectoryWalk.append(program, "/dev", DirectoryWalk.Kind.DEVICE, devices, scratch);
        print(program, output, scratch);
        DirectoryWalk.append(program, "/proc/sys", DirectoryWalk.Kind.WRITABLE, settings, scratch);
        DirectoryWalk.append(program, "/sys", DirectoryWalk.Kind.WRITABLE, objects, scratch);
        program.writeHex(output, settings).writeHex(output, objects).write(output, ";");
        tried().forEach(number -> attempt(program, output, number));
        program.write(output, ";" + END);
        program.call(Syscall.LSEEK, output, Operand.of(0), Operand.of(0));
        new Steps(program).copy(output, console);
        program.call(Syscall.EXIT_GROUP, Operand.of(0));
        return program.toElf();
    }

    /** Begins a file in memory, since only what is read in pieces can be printed. */
    private static void begin(SyscallProgram program, Operand.Slot scratch) {
        program.must("make a file in memory", Syscall.MEMFD_CREATE, program.string("inspection"), Operand.of(0));
        program.store(scratch);
    }

    /** Prints it as hexadecimal words and ends it; a console may change or drop bytes. */
    private static void print(SyscallProgram program, Operand output, Operand.Slot scratch) {
        Operand.Slot word = program.slot();
        SyscallProgram.Label next = new SyscallProgram.Label();
        SyscallProgram.Label done = new SyscallProgram.Label();
        program.call(Syscall.WRITE, scratch, program.bytes(new byte[PADDING]), Operand.of(PADDING));
        program.call(Syscall.LSEEK, scratch, Operand.of(0), Operand.of(0));
        program.bind(next).call(Syscall.READ, scratch, word.location(), Operand.of(Integer.BYTES));
        program.jumpUnlessPositive(done).writeHex(output, word).jump(next);
        program.bind(done).call(Syscall.CLOSE, scratch).write(output, ";");
    }

    /** Tries a system call and prints how the process that did ended: with 0, with the negative error number, or by a signal. */
    private static void attempt(SyscallProgram program, Operand output, int number) {
        Operand.Slot status = program.slot();
        Operand.Slot child = program.slot();
        Operand.Slot error = program.slot();
        SyscallProgram.Label trial = new SyscallProgram.Label();
        SyscallProgram.Label failed = new SyscallProgram.Label();
        SyscallProgram.Label next = new SyscallProgram.Label();
        program.must(
                "begin a process",
                Syscall.CLONE,
                Operand.of(CLONE_VM | CLONE_VFORK | Steps.SIGCHLD),
                Operand.of(0),
                Operand.of(0),
                Operand.of(0),
                Operand.of(0));
        program.jumpIfZero(trial).store(child);
        program.call(Syscall.WAIT4, child, status.location(), Operand.of(0), Operand.of(0));
        program.writeHex(output, status).jump(next).bind(trial);
        program.call(Syscall.ALARM, Operand.of(1));
        program.call(number, arguments(program, number)).jumpIfError(failed);
        program.call(Syscall.EXIT_GROUP, Operand.of(0));
        program.bind(failed).store(error).call(Syscall.EXIT_GROUP, error);
        program.bind(next);
    }

    /** Two of them say of an operation they do not know that the call is not there. */
    private static Operand[] arguments(SyscallProgram program, int number) {
        Operand none = Operand.of(-1);
        return switch (SystemCalls.name(number)) {
            case "futex" -> new Operand[] {program.buffer(8), Operand.of(FUTEX_WAKE), Operand.of(0), none, none, none};
            case "modify_ldt" -> new Operand[] {Operand.of(0), program.buffer(8), Operand.of(8), none, none, none};
            default -> new Operand[] {none, none, none, none, none, none};
        };
    }

    /** Reads what the program printed, within whatever else there is; empty where it is not wholly there, or damaged. */
    public static Optional<Inspection> parse(String output) {
        String text = output.replace("\r", "");
        int begin = text.indexOf(BEGIN.strip());
        int end = text.indexOf(END.strip());
        if (begin < 0 || end < begin) {
            return Optional.empty();
        }
        String[] sections = text.substring(begin + BEGIN.strip().length(), end).split(";", -1);
        try {
            return Optional.of(read(sections));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            // A console is shared: the kernel may have written in between.
            return Optional.empty();
        }
    }

    private static Inspection read(String[] sections) {
        int section = 0;
        Map<String, String> files = new LinkedHashMap<>();
        for (String path : FILES.keySet()) {
            files.put(path, text(sections[section++]));
        }
        Map<String, String> namespaces = new LinkedHashMap<>();
        for (String namespace : NAMESPACES) {
            String link = text(sections[section++]);
            if (!link.isEmpty()) {
                namespaces.put(namespace, link);
            }
        }
        List<String> devices = names(bytes(sections[section++]));
        int[] counts = words(sections[section++]);
        String status = files.getOrDefault(STATUS, "");
        Map<String, String> capabilities = new LinkedHashMap<>();
        for (String set : List.of("CapEff", "CapPrm", "CapInh", "CapBnd", "CapAmb")) {
            Attributes.field(status, set + ":").ifPresent(bits -> capabilities.put(set, bits));
        }
        Map<String, Inspection.Answer> answers = new TreeMap<>();
        int[] ends = words(sections[section]);
        List<Integer> tried = tried();
        if (ends.length != tried.size()) {
            throw new IllegalArgumentException(ends.length + " answers to " + tried.size() + " system calls");
        }
        for (int i = 0; i < ends.length; i++) {
            answers.put(SystemCalls.name(tried.get(i)), answer(ends[i]));
        }
        String symbols = files.getOrDefault(SYMBOLS, "");
        return new Inspection(
                Attributes.line(files, VERSION),
                files.getOrDefault(BOOT, "").strip(),
                files.getOrDefault(PROCESSOR, "").matches("(?s).*\\bflags\\b[^\\n]*\\bhypervisor\\b.*"),
                Attributes.field(status, "Seccomp:").orElse(""),
                Attributes.field(status, "NoNewPrivs:").orElse("").equals("1"),
                Attributes.line(files, LABEL),
                Attributes.memory(files),
                Attributes.processors(files),
                capabilities,
                namespaces,
                Attributes.line(files, USERS).replaceAll("\\s+", " "),
                devices,
                counts[0],
                counts[1],
                symbols.isEmpty()
                        ? Inspection.Symbols.NONE
                        : symbols.startsWith("0000000000000000") ? Inspection.Symbols.HIDDEN : Inspection.Symbols.SHOWN,
                answers);
    }

    private static Inspection.Answer answer(int status) {
        int signal = status & 0x7f;
        int error = -(byte) (status >> 8);
        if (signal == SIGSYS || signal == 0 && error == EPERM) {
            return Inspection.Answer.REFUSED;
        }
        return signal == 0 && error == ENOSYS ? Inspection.Answer.ABSENT : Inspection.Answer.ANSWERED;
    }

    private static int[] words(String section) {
        return Arrays.stream(section.strip().split("\\s+", -1))
                .mapToInt(word -> Integer.parseUnsignedInt(word, 16))
                .toArray();
    }

    private static byte[] bytes(String section) {
        String[] words = section.strip().split("\\s+", -1);
        ByteBuffer content = ByteBuffer.allocate(words.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (String word : words) {
            content.put(reversed(HexFormat.of().parseHex(word)));
        }
        return content.array();
    }

    private static byte[] reversed(byte[] word) {
        if (word.length != Integer.BYTES) {
            throw new IllegalArgumentException("a word of " + word.length + " bytes");
        }
        return new byte[] {word[3], word[2], word[1], word[0]};
    }

    private static String text(String section) {
        byte[] content = bytes(section);
        int end = 0;
        while (content[end] != 0) {
            end++;
        }
        return new String(content, 0, end, StandardCharsets.UTF_8);
    }

    /** Reads the names of records of getdents64(2): the length at offset 16, the name at 19. */
    private static List<String> names(byte[] records) {
        ByteBuffer buffer = ByteBuffer.wrap(records).order(ByteOrder.LITTLE_ENDIAN);
        List<String> names = new ArrayList<>();
        int position = 0;
        while (buffer.getShort(position + 16) != 0) {
            int end = position + 19;
            while (buffer.get(end) != 0) {
                end++;
            }
            names.add(new String(records, position + 19, end - position - 19, StandardCharsets.UTF_8));
            position += Short.toUnsignedInt(buffer.getShort(position + 16));
        }
        names.sort(null);
        return names;
    }
}
