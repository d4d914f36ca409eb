package dev.bench.guest;

import dev.bench.host.CgroupMount;
import dev.bench.host.ResourceLimit;
import dev.bench.image.RuntimeEnvironment;
import dev.bench.program.Operand;
import dev.bench.program.Steps;
import dev.bench.program.Syscall;
import dev.bench.program.SyscallProgram;
import dev.bench.program.WorkloadSteps;
import dev.bench.program.WriteTrial;
import dev.bench.target.Subnet;
import dev.bench.workload.ImageConfig;
import dev.bench.workload.Signals;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes a guest's init: it loads the modules, sets the address, mounts the disk, starts the workload as the first
 * process of a PID namespace, as an engine would, and reports each step on a serial port of its own. The workload writes
 * to a pipe, as it does below an engine's shim, and a helper passes that on to another port, where the kernel, whose
 * console is the first one, never writes.
 *
 * <p>There is no shell in it: under emulation a fork and execution of BusyBox takes some ten milliseconds, and a shell
 * script would need twenty of them.
 *
 * @param modules paths of the modules in the guest, in order
 * @param hostname the guest's name
 * @param address the guest's address
 * @param network the network it is in
 * @param memoryBytes the limit that the workload finds in its control group; no more than what the machine has
 * @param limits limits of resources that the workload begins with
 * @param mounts what is mounted into the root beside what every workload finds
 */
public record GuestProgram(
        List<String> modules,
        String hostname,
        InetAddress address,
        Subnet network,
        long memoryBytes,
        List<ResourceLimit> limits,
        List<GuestMount> mounts) {
    /** What the guest writes on the control port, each a line. */
    public static final String INIT_MARK = "init";

    public static final String EXEC_MARK = "exec";
    /** Comes before the workload's wait status, eight hexadecimal digits on the next line. */
    public static final String EXIT_MARK = "exit";
    /** Comes before and after what the manifest's script prints. */
    public static final String MANIFEST_MARK = "manifest";

    /** Comes before and after the guest's {@code /proc/meminfo}. */
    public static final String MEMORY_MARK = "meminfo";
    /** The lines the host writes on the control port: the stop signal for the workload, and a look at the memory. */
    public static final String STOP_COMMAND = "s\n";

    public static final String MEMORY_COMMAND = "m\n";

    /** Looks for {@link WriteTrial#TRACE}. */
    public static final String TRACE_COMMAND = "t\n";

    /** Comes before and after what open(2) returned for it, eight hexadecimal digits. */
    public static final String TRACE_MARK = "trace";

    private static final int MEMORY_BYTES = 4 << 10;
    private static final String CONTROL_PORT = "/dev/ttyS1";
    private static final String OUTPUT_PORT = "/dev/ttyS2";
    private static final String GROUPS = "/groups";
    private static final String GROUP = GROUPS + "/workload";
    private static final List<CgroupMount> HIERARCHIES = List.of(new CgroupMount("", "cgroup2", ""));
    private static final String ROOT = "/root";
    private static final String SCRATCH = "/.bench";
    private static final int TCSBRK = 0x5409;
    private static final long REBOOT_MAGIC = 0xfee1deadL;
    private static final long REBOOT_MAGIC2 = 672274793;
    private static final long POWER_OFF = 0x4321fedc;

    public GuestProgram {
        modules = List.copyOf(modules);
        limits = List.copyOf(limits);
        mounts = List.copyOf(mounts);
    }

    /** Returns the init that runs the workload. */
    public byte[] launch(ImageConfig config, RuntimeEnvironment runtime) {
        return program(config, runtime, false, null, null);
    }

    /**
     * Returns the init that first lists the disk's tree on the control port, before anything is written to it, and then
     * starts the observer in the workload's place.
     *
     * @param form {@code digest} or {@code text}; null where the tree need not be listed
     * @param writtenFile a large file that is then written to, see {@link WriteTrial}; null where none is
     */
    public byte[] observe(
            ImageConfig config, RuntimeEnvironment runtime, @Nullable String form, @Nullable String writtenFile) {
        return program(config, runtime, true, form, writtenFile);
    }

    /** Returns an init that says a word on the console and powers off: the probe whether a guest runs at all. */
    static byte[] hello(String word) {
        SyscallProgram program = new SyscallProgram();
        program.write(Operand.of(1), word + "\n");
        program.call(Syscall.IOCTL, Operand.of(1), Operand.of(TCSBRK), Operand.of(1));
        powerOff(program);
        return program.toElf();
    }

    private byte[] program(
            ImageConfig config,
            RuntimeEnvironment runtime,
            boolean observed,
            @Nullable String form,
            @Nullable String writtenFile) {
        SyscallProgram program = new SyscallProgram();
        Steps steps = new Steps(program);
        Operand.Slot control = program.slot();
        program.failure(control, () -> {
            program.call(Syscall.IOCTL, control, Operand.of(TCSBRK), Operand.of(1));
            powerOff(program);
        });
        steps.mkdir("/dev", 0755).mount("dev", "/dev", "devtmpfs", 0, "");
        steps.open(CONTROL_PORT, Steps.O_RDWR | Steps.O_NOCTTY | Steps.O_CLOEXEC, 0, control);
        program.write(control, INIT_MARK + "\n");
        modules.forEach(steps::loadModule);
        steps.interfaceUp("lo", InetAddress.getLoopbackAddress(), 8, "");
        steps.interfaceUp("eth0", address, Subnet.PREFIX_LENGTH, "");
        steps.defaultRoute(network.gateway());
        steps.mount("/dev/vda", ROOT, "ext4", 0, "");
        if (form != null) {
            manifest(program, steps, control, form);
        }
        if (writtenFile != null) {
            WriteTrial.append(program, control, ROOT, writtenFile);
        }
        for (GuestMount mount : mounts) {
            String directory = ROOT + mount.directory();
            steps.mkdir(directory, 0755).mount(mount.source(), directory, mount.type(), 0, "");
        }
        controlGroup(steps);
        Operand.Slot port = program.slot();
        steps.open(OUTPUT_PORT, Steps.O_RDWR | Steps.O_NOCTTY | Steps.O_CLOEXEC, 0, port)
                .rawTerminal(port);
        Steps.Pipe output = steps.pipe();
        Operand.Slot workload = program.slot();
        SyscallProgram.Label child = new SyscallProgram.Label();
        clone(program, Steps.CLONE_NEWPID | Steps.CLONE_NEWNS | Steps.CLONE_NEWUTS | Steps.CLONE_NEWIPC);
        program.jumpIfZero(child).store(workload);
        program.call(Syscall.CLOSE, output.writeEnd());
        Operand.Slot relay = passOn(program, steps, output, port);
        supervise(program, config, control, workload, port, relay);
        program.bind(child);
        steps.outputTo(output.writeEnd());
        becomeWorkload(program, steps, config, runtime, control, observed);
        return program.toElf();
    }

    /** The machine's size is what limits the workload; the group is where it looks for that. */
    private void controlGroup(Steps steps) {
        steps.mkdir(GROUPS, 0755).tryMount("cgroup2", GROUPS, "cgroup2", 0, "");
        steps.tell(GROUPS + "/cgroup.subtree_control", "+memory").mkdir(GROUP, 0755);
        steps.tell(GROUP + "/memory.max", Long.toString(memoryBytes));
    }

    /** Starts the helper that copies the workload's output to its port until the last writer is gone. */
    private static Operand.Slot passOn(SyscallProgram program, Steps steps, Steps.Pipe output, Operand.Slot port) {
        Operand.Slot relay = program.slot();
        SyscallProgram.Label child = new SyscallProgram.Label();
        SyscallProgram.Label started = new SyscallProgram.Label();
        clone(program, 0);
        program.jumpIfZero(child).store(relay).jump(started).bind(child);
        steps.copy(output.readEnd(), port);
        program.call(Syscall.EXIT_GROUP, Operand.of(0)).bind(started);
        program.call(Syscall.CLOSE, output.readEnd());
        return relay;
    }

    private static void clone(SyscallProgram program, long namespaces) {
        program.must(
                "clone",
                Syscall.CLONE,
                Operand.of(namespaces | Steps.SIGCHLD),
                Operand.of(0),
                Operand.of(0),
                Operand.of(0),
                Operand.of(0));
    }

    private static void manifest(SyscallProgram program, Steps steps, Operand.Slot control, String form) {
        Operand.Slot status = program.slot();
        SyscallProgram.Label child = new SyscallProgram.Label();
        SyscallProgram.Label done = new SyscallProgram.Label();
        steps.mount("proc", "/proc", "proc", 0, "");
        program.write(control, MANIFEST_MARK + "\n");
        clone(program, 0);
        program.jumpIfZero(child);
        program.must("wait", Syscall.WAIT4, Operand.of(-1), status.location(), Operand.of(0), Operand.of(0));
        program.jump(done).bind(child);
        program.call(Syscall.DUP2, control, Operand.of(1));
        steps.execute(
                Initramfs.BUSYBOX_INSIDE,
                List.of("sh", Initramfs.MANIFEST_INSIDE, ROOT, form),
                List.of("BUSYBOX=" + Initramfs.BUSYBOX_INSIDE));
        program.bind(done).write(control, MANIFEST_MARK + "\n");
    }

    /** Waits for the workload's end, with a helper that does what the control port asks for. */
    private static void supervise(
            SyscallProgram program,
            ImageConfig config,
            Operand.Slot control,
            Operand.Slot workload,
            Operand.Slot port,
            Operand.Slot relay) {
        SyscallProgram.Label listener = new SyscallProgram.Label();
        clone(program, 0);
        program.jumpIfZero(listener);

        Operand.Slot status = program.slot();
        SyscallProgram.Label next = new SyscallProgram.Label();
        SyscallProgram.Label ended = new SyscallProgram.Label();
        program.bind(next)
                .must("wait", Syscall.WAIT4, Operand.of(-1), status.location(), Operand.of(0), Operand.of(0))
                .jumpIfEqual(workload, ended)
                .jump(next);
        // The workload's last words come before the word of its end; whoever wrote to the pipe is gone with it.
        program.bind(ended).call(Syscall.WAIT4, relay, Operand.of(0), Operand.of(0), Operand.of(0));
        program.call(Syscall.IOCTL, port, Operand.of(TCSBRK), Operand.of(1));
        program.write(control, EXIT_MARK + "\n").writeHex(control, status);
        program.call(Syscall.IOCTL, control, Operand.of(TCSBRK), Operand.of(1));
        powerOff(program);

        SyscallProgram.Label again = new SyscallProgram.Label();
        SyscallProgram.Label memory = new SyscallProgram.Label();
        SyscallProgram.Label trace = new SyscallProgram.Label();
        SyscallProgram.Label closed = new SyscallProgram.Label();
        Operand.Address buffer = program.buffer(16);
        program.bind(listener).bind(again);
        program.call(Syscall.READ, control, buffer, Operand.of(16)).jumpUnlessPositive(closed);
        program.jumpIfByte(buffer, MEMORY_COMMAND.charAt(0), memory);
        program.jumpIfByte(buffer, TRACE_COMMAND.charAt(0), trace);
        program.call(Syscall.KILL, workload, Operand.of(Signals.number(config.stopSignal())));
        program.jump(again).bind(memory);
        showMemory(program, control);
        program.jump(again).bind(trace);
        Operand.Slot found = program.slot();
        program.call(Syscall.OPEN, program.string(ROOT + WriteTrial.TRACE), Operand.of(0), Operand.of(0))
                .store(found);
        program.write(control, TRACE_MARK + "\n").writeHex(control, found).write(control, TRACE_MARK + "\n");
        program.jump(again).bind(closed).call(Syscall.EXIT_GROUP, Operand.of(0));
    }

    /** Copies the kernel's own account to the control port; nothing of it exists before it is asked for. */
    private static void showMemory(SyscallProgram program, Operand.Slot control) {
        Operand.Slot file = program.slot();
        Operand.Slot count = program.slot();
        Operand.Address text = program.buffer(MEMORY_BYTES);
        program.call(
                Syscall.MOUNT,
                program.string("proc"),
                program.string("/proc"),
                program.string("proc"),
                Operand.of(0),
                program.string(""));
        program.call(Syscall.OPEN, program.string("/proc/meminfo"), Operand.of(0), Operand.of(0))
                .store(file);
        program.call(Syscall.READ, file, text, Operand.of(MEMORY_BYTES)).store(count);
        program.call(Syscall.CLOSE, file);
        program.write(control, MEMORY_MARK + "\n");
        program.call(Syscall.WRITE, control, text, count);
        program.write(control, MEMORY_MARK + "\n");
    }

    private static void powerOff(SyscallProgram program) {
        program.call(
                Syscall.REBOOT,
                Operand.of(REBOOT_MAGIC),
                Operand.of(REBOOT_MAGIC2),
                Operand.of(POWER_OFF),
                Operand.of(0));
        SyscallProgram.Label forever = new SyscallProgram.Label();
        program.bind(forever).call(Syscall.PAUSE).jump(forever);
    }

    private void becomeWorkload(
            SyscallProgram program,
            Steps steps,
            ImageConfig config,
            RuntimeEnvironment runtime,
            Operand.Slot control,
            boolean observed) {
        Operand.Slot input = program.slot();
        steps.tell(GROUP + "/cgroup.procs", "0");
        program.call(Syscall.UNSHARE, Operand.of(Steps.CLONE_NEWCGROUP));
        if (observed) {
            steps.mkdir(ROOT + SCRATCH, 0755).writeFile(ROOT + SCRATCH + "/observer", "");
            steps.mount(Initramfs.OBSERVER_INSIDE, ROOT + SCRATCH + "/observer", "none", Steps.MS_BIND, "");
        }
        steps.enterRoot(ROOT);
        if (observed) {
            steps.mount(SCRATCH + "/observer", runtime.executable(), "none", Steps.MS_BIND, "");
        }
        WorkloadSteps workload = new WorkloadSteps(program);
        workload.mounts()
                .controlGroups(HIERARCHIES)
                .limits(limits)
                .networkFiles(hostname, address)
                .workingDirectory(config.workingDirectory());
        // Standard input is empty, as an engine gives it.
        steps.open("/dev/null", 0, 0, input);
        program.call(Syscall.DUP2, input, Operand.of(0)).call(Syscall.CLOSE, input);
        program.call(Syscall.SETSID);
        workload.execute(config, runtime, hostname, () -> program.write(control, EXEC_MARK + "\n"));
    }
}
