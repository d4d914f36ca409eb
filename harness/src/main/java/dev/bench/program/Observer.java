package dev.bench.program;

import dev.bench.result.Identity;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Stands in for a workload's executable, once and untimed, and prints what it was started with and what it sees.
 *
 * <p>A target launches the workload exactly as it always does, with this program mounted over the executable's path. So
 * what is reported is what the workload itself gets, before it could change its title or environment, and it needs
 * nothing from the image. Stateless.
 */
public final class Observer {
    private static final int BUFFER = 4096;
    private static final List<String> SECTIONS = List.of(
            "cmdline", "environ", "status", "cwd", "uname", "cpus", "memory", "output", "reopened", "executable");
    /** What else is read where the kernel has it; each a section after those above. */
    private static final List<String> FILES = List.of(
            "/proc/self/limits",
            "/proc/self/oom_score_adj",
            "/proc/self/attr/current",
            "/proc/self/mounts",
            "/sys/fs/cgroup/memory.max",
            "/sys/fs/cgroup/cpu.max",
            "/sys/fs/cgroup/memory/memory.limit_in_bytes",
            "/sys/fs/cgroup/cpu/cpu.cfs_quota_us",
            "/sys/fs/cgroup/cpu/cpu.cfs_period_us");

    /** What the kernel gives whole at the first read or not at all; sections after those. */
    private static final List<String> SETTINGS =
            List.of("/proc/sys/net/ipv4/ip_unprivileged_port_start", "/proc/sys/net/ipv4/ping_group_range");

    private static final String STATUS = "/proc/self/status";
    private static final String BEGIN = "\n@bench-begin@";
    private static final String END = "@bench-end@\n";
    private static final int UTSNAME_FIELD = 65;
    private static final int LINK_BYTES = 128;
    private static final int SETTING_BYTES = 32;

    private Observer() {}

    /**
     * Holds what the program printed.
     *
     * @param argv arguments
     * @param env environment, sorted, without {@code HOSTNAME}, which engines set to the instance's name
     * @param uid effective user id
     * @param gid effective group id
     * @param cwd working directory
     * @param kernel kernel release
     * @param cpus processors it may run on
     * @param memoryBytes the machine's memory
     * @param attributes what else the kernel tells the workload of itself, by name: limits, capabilities, mounts
     */
    public record Seen(
            List<String> argv,
            List<String> env,
            int uid,
            int gid,
            String cwd,
            String kernel,
            int cpus,
            long memoryBytes,
            Map<String, String> attributes) {
        public Seen {
            argv = List.copyOf(argv);
            env = List.copyOf(env);
            attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
        }

        /** Returns the same without some variables, given as {@code NAME=value}. */
        public Seen without(List<String> variables) {
            return new Seen(
                    argv,
                    env.stream()
                            .filter(variable -> !variables.contains(variable))
                            .toList(),
                    uid,
                    gid,
                    cwd,
                    kernel,
                    cpus,
                    memoryBytes,
                    attributes);
        }

        /** Returns the identity with a tree that was read just now, and with limits that may be tighter than what is seen. */
        public Identity identity(String treeDigest, double cpuLimit, long memoryLimit) {
            return identity(treeDigest, null, cpuLimit, memoryLimit);
        }

        /** Returns the same with a tree that was read from inside at a time before this run, null for just now. */
        public Identity identity(String treeDigest, @Nullable Instant treeReadAt, double cpuLimit, long memoryLimit) {
            return new Identity(
                    treeDigest,
                    argv,
                    env,
                    uid,
                    gid,
                    cwd,
                    kernel,
                    Math.min(cpus, cpuLimit),
                    Math.min(memoryBytes, memoryLimit),
                    treeReadAt == null ? null : treeReadAt.toString(),
                    attributes);
        }
    }

    /** Returns the executable. It needs {@code /proc}. */
    public static byte[] program() {
        SyscallProgram program = new SyscallProgram();
        Operand output = Operand.of(1);
        Operand.Address buffer = program.buffer(BUFFER);
        program.failure(output, () -> program.call(Syscall.EXIT_GROUP, Operand.of(1)));
        program.write(output, BEGIN);
        file(program, output, "/proc/self/cmdline", buffer);
        file(program, output, "/proc/self/environ", buffer);
        file(program, output, STATUS, buffer);
        program.must("getcwd", Syscall.GETCWD, buffer, Operand.of(BUFFER));
        hex(program, output, buffer, BUFFER / 8);
        Operand.Address names = program.buffer(UTSNAME_FIELD * 6 + 2);
        program.must("uname", Syscall.UNAME, names);
        hex(program, output, names, UTSNAME_FIELD * 3 + 1);
        Operand.Address cpus = program.buffer(1024);
        program.must("sched_getaffinity", Syscall.SCHED_GETAFFINITY, Operand.of(0), Operand.of(1024), cpus);
        hex(program, output, cpus, 128);
        Operand.Address memory = program.buffer(128);
        program.must("sysinfo", Syscall.SYSINFO, memory);
        hex(program, output, memory, 112);
        link(program, output, "/proc/self/fd/1");
        Operand.Slot reopened = program.slot();
        program.call(Syscall.OPEN, program.string("/dev/stdout"), Operand.of(Steps.O_WRONLY), Operand.of(0))
                .store(reopened);
        hex(program, output, reopened.location(), Integer.BYTES);
        link(program, output, "/proc/self/exe");
        FILES.forEach(path -> file(program, output, path, buffer));
        SETTINGS.forEach(path -> setting(program, output, path));
        program.write(output, END);
        program.call(Syscall.EXIT_GROUP, Operand.of(0));
        return program.toElf();
    }

    /** Prints a file in pieces, nothing where there is none; the bytes go as hexadecimal, since a console may change or drop others. */
    private static void file(SyscallProgram program, Operand output, String path, Operand.Address buffer) {
        Operand.Slot descriptor = program.slot();
        Operand.Slot count = program.slot();
        SyscallProgram.Label next = new SyscallProgram.Label();
        SyscallProgram.Label done = new SyscallProgram.Label();
        program.call(Syscall.OPEN, program.string(path), Operand.of(0), Operand.of(0))
                .jumpUnlessPositive(done)
                .store(descriptor);
        program.bind(next).call(Syscall.READ, descriptor, buffer, Operand.of(4)).store(count);
        program.jumpUnlessPositive(done);
        program.writeHex(output, new Operand.Slot(buffer)).writeHex(output, count);
        program.jump(next);
        program.bind(done).write(output, ";");
    }

    private static void link(SyscallProgram program, Operand output, String path) {
        Operand.Address target = program.buffer(LINK_BYTES);
        program.call(Syscall.READLINK, program.string(path), target, Operand.of(LINK_BYTES - 1));
        hex(program, output, target, LINK_BYTES);
    }

    private static void setting(SyscallProgram program, Operand output, String path) {
        Operand.Slot descriptor = program.slot();
        Operand.Address value = program.buffer(SETTING_BYTES);
        program.call(Syscall.OPEN, program.string(path), Operand.of(0), Operand.of(0))
                .store(descriptor);
        program.call(Syscall.READ, descriptor, value, Operand.of(SETTING_BYTES - 1));
        hex(program, output, value, SETTING_BYTES);
    }

    /** Prints memory in the same way. */
    private static void hex(SyscallProgram program, Operand output, Operand.Address memory, int bytes) {
        for (int offset = 0; offset < bytes; offset += 4) {
            program.writeHex(output, new Operand.Slot(new Operand.Address(memory.offset() + offset)));
            program.write(output, "00000004\n");
        }
        program.write(output, ";");
    }

    /** Reads what the program printed, within whatever else there is; null where it is not wholly there, or damaged. */
    public static @Nullable Seen parse(String output) {
        String text = output.replace("\r", "");
        int begin = text.indexOf(BEGIN.strip());
        int end = text.indexOf(END.strip());
        if (begin < 0 || end < begin) {
            return null;
        }
        String[] sections = text.substring(begin + BEGIN.strip().length(), end).split(";", -1);
        if (sections.length < SECTIONS.size() + FILES.size() + SETTINGS.size()) {
            return null;
        }
        try {
            return read(sections);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            // A console is shared: the kernel may have written in between.
            return null;
        }
    }

    private static Seen read(String[] sections) {
        String status = text(sections[2]);
        byte[] names = bytes(sections[4]);
        byte[] affinity = bytes(sections[5]);
        int cpus = 0;
        for (byte value : affinity) {
            cpus += Integer.bitCount(value & 0xff);
        }
        // struct sysinfo: uptime, three loads, total memory; its unit stands at offset 104.
        ByteBuffer memory = ByteBuffer.wrap(bytes(sections[6])).order(ByteOrder.LITTLE_ENDIAN);
        Map<String, String> files = new LinkedHashMap<>(Map.of(STATUS, status));
        for (int i = 0; i < FILES.size(); i++) {
            files.put(FILES.get(i), text(sections[SECTIONS.size() + i]));
        }
        for (int i = 0; i < SETTINGS.size(); i++) {
            files.put(SETTINGS.get(i), terminated(bytes(sections[SECTIONS.size() + FILES.size() + i]), 0));
        }
        ByteBuffer reopened = ByteBuffer.wrap(bytes(sections[8])).order(ByteOrder.LITTLE_ENDIAN);
        return new Seen(
                strings(bytes(sections[0])),
                strings(bytes(sections[1])).stream()
                        .filter(variable -> !variable.startsWith("HOSTNAME="))
                        .sorted()
                        .toList(),
                id(status, "Uid:"),
                id(status, "Gid:"),
                terminated(bytes(sections[3]), 0),
                terminated(names, 2 * UTSNAME_FIELD),
                cpus,
                memory.getLong(32) * Math.max(1, memory.getInt(104)),
                Attributes.of(
                        files,
                        terminated(bytes(sections[7]), 0),
                        reopened.getInt(0) >= 0,
                        terminated(bytes(sections[9]), 0)));
    }

    private static String text(String section) {
        return new String(bytes(section), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String section) {
        String[] words = section.strip().split("\\s+", -1);
        ByteBuffer content = ByteBuffer.allocate(words.length * 2 + 4).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i + 1 < words.length; i += 2) {
            byte[] word = HexFormat.of().parseHex(words[i]);
            int count = Integer.parseInt(words[i + 1], 16);
            if (count < 1 || count > 4) {
                throw new IllegalArgumentException("a piece of " + count + " bytes");
            }
            for (int k = 0; k < count; k++) {
                content.put(word[3 - k]);
            }
        }
        return Arrays.copyOf(content.array(), content.position());
    }

    private static List<String> strings(byte[] content) {
        String text = new String(content, StandardCharsets.UTF_8);
        return text.isEmpty()
                ? List.of()
                : Arrays.asList((text.endsWith("\0") ? text.substring(0, text.length() - 1) : text).split("\0", -1));
    }

    private static String terminated(byte[] content, int from) {
        int end = from;
        while (end < content.length && content[end] != 0) {
            end++;
        }
        return new String(content, from, end - from, StandardCharsets.UTF_8);
    }

    private static int id(String status, String key) {
        return status.lines()
                .filter(line -> line.startsWith(key))
                .map(line ->
                        Integer.parseInt(line.substring(key.length()).strip().split("\\s+", -1)[1]))
                .findFirst()
                .orElse(-1);
    }
}
