package dev.bench.guest;

import dev.bench.host.ResourceLimit;
import dev.bench.image.RuntimeEnvironment;
import dev.bench.program.Operand;
import dev.bench.program.Steps;
import dev.bench.program.Syscall;
import dev.bench.program.SyscallProgram;
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
 * @param frame where it runs; as a unit of a classic machine it finds modules and network there already
 * @param tree what has the workload's tree
 * @param modules paths of the modules in the guest, in order
 * @param hostname the guest's name
 * @param address the guest's address
 * @param network the network it is in
 * @param memoryBytes the limit that the workload finds in its control group; no more than what the machine has
 * @param limits limits of resources that the workload begins with
 * @param mounts what is mounted into the root beside what every workload finds
 */
public record GuestProgram(
        GuestFrame frame,
        GuestMount tree,
        List<String> modules,
        String hostname,
        InetAddress address,
        Subnet network,
        long memoryBytes,
        List<ResourceLimit> limits,
        List<GuestMount> mounts) {
    /** What the guest writes on the control port, each a line. */
    public static final String INIT_MARK = "init";

    /** Says that the system's own init takes over from the initial RAM disk; of classic machines only. */
    public static final String USERSPACE_MARK = "userspace";

    /** Says that the unit's program runs; of classic machines only. */
    public static final String UNIT_MARK = "unit";

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

    private static final String GROUP = "workload";
    private static final String SCRATCH = "/.bench";

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
        GuestSteps guest = new GuestSteps(program, GuestFrame.LEAN);
        Operand.Slot output = program.slot();
        program.call(Syscall.DUP, Operand.of(1)).store(output);
        program.write(output, word + "\n");
        guest.drain(output);
        guest.powerOff();
        return program.toElf();
    }

    private byte[] program(
            ImageConfig config,
            RuntimeEnvironment runtime,
            boolean observed,
            @Nullable String form,
            @Nullable String writtenFile) {
        SyscallProgram program = new SyscallProgram();
        GuestSteps guest = new GuestSteps(program, frame);
        Steps steps = guest.steps();
        Operand.Slot control = guest.controlPort();
        switch (frame) {
            case LEAN -> {
                program.write(control, INIT_MARK + "\n");
                guest.machine(modules, address, network);
            }
            case CLASSIC -> program.write(control, UNIT_MARK + "\n");
        }
        String root = frame.root();
        steps.mount(tree.source(), root, tree.type(), 0, "");
        if (form != null) {
            manifest(program, guest, control, form);
        }
        if (writtenFile != null) {
            WriteTrial.append(program, control, root, writtenFile);
        }
        for (GuestMount mount : mounts) {
            String directory = root + mount.directory();
            steps.mkdir(directory, 0755).mount(mount.source(), directory, mount.type(), 0, "");
        }
        // The machine's size is what limits the workload; the group is where it looks for that.
        guest.controlGroups();
        guest.controlGroup(GROUP, memoryBytes);
        Operand.Slot port = guest.outputPort();
        Steps.Pipe output = steps.pipe();
        Operand.Slot workload = program.slot();
        SyscallProgram.Label child = new SyscallProgram.Label();
        guest.clone(Steps.CLONE_NEWPID | Steps.CLONE_NEWNS | Steps.CLONE_NEWUTS | Steps.CLONE_NEWIPC);
        program.jumpIfZero(child).store(workload);
        program.call(Syscall.CLOSE, output.writeEnd());
        Operand.Slot relay = passOn(program, guest, output, port);
        supervise(program, guest, config, control, workload, port, relay);
        program.bind(child);
        steps.outputTo(output.writeEnd());
        becomeWorkload(program, guest, config, runtime, control, observed);
        return program.toElf();
    }

    /** Starts the helper that copies the workload's output to its port until the last writer is gone. */
    private static Operand.Slot passOn(SyscallProgram program, GuestSteps guest, Steps.Pipe output, Operand.Slot port) {
        Operand.Slot relay = program.slot();
        SyscallProgram.Label child = new SyscallProgram.Label();
        SyscallProgram.Label started = new SyscallProgram.Label();
        guest.clone(0);
        program.jumpIfZero(child).store(relay).jump(started).bind(child);
        guest.steps().copy(output.readEnd(), port);
        program.call(Syscall.EXIT_GROUP, Operand.of(0)).bind(started);
        program.call(Syscall.CLOSE, output.readEnd());
        return relay;
    }

    private void manifest(SyscallProgram program, GuestSteps guest, Operand.Slot control, String form) {
        Operand.Slot status = program.slot();
        SyscallProgram.Label child = new SyscallProgram.Label();
        SyscallProgram.Label done = new SyscallProgram.Label();
        if (frame == GuestFrame.LEAN) {
            guest.steps().mount("proc", "/proc", "proc", 0, "");
        }
        program.write(control, MANIFEST_MARK + "\n");
        guest.clone(0);
        program.jumpIfZero(child);
        program.must("wait", Syscall.WAIT4, Operand.of(-1), status.location(), Operand.of(0), Operand.of(0));
        program.jump(done).bind(child);
        program.call(Syscall.DUP2, control, Operand.of(1));
        String busybox = frame.tool(Initramfs.BUSYBOX_INSIDE);
        guest.steps()
                .execute(
                        busybox,
                        List.of("sh", frame.tool(Initramfs.MANIFEST_INSIDE), frame.root(), form),
                        List.of("BUSYBOX=" + busybox));
        program.bind(done).write(control, MANIFEST_MARK + "\n");
    }

    /** Waits for the workload's end, with a helper that does what the control port asks for. */
    private void supervise(
            SyscallProgram program,
            GuestSteps guest,
            ImageConfig config,
            Operand.Slot control,
            Operand.Slot workload,
            Operand.Slot port,
            Operand.Slot relay) {
        SyscallProgram.Label listener = new SyscallProgram.Label();
        guest.clone(0);
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
        guest.drain(port);
        program.write(control, EXIT_MARK + "\n").writeHex(control, status);
        guest.drain(control);
        // A machine that is shut down leaves on its disk what was written to it.
        program.call(Syscall.SYNC);
        guest.powerOff();

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
        guest.showMemory(control);
        program.jump(again).bind(trace);
        Operand.Slot found = program.slot();
        program.call(Syscall.OPEN, program.string(frame.root() + WriteTrial.TRACE), Operand.of(0), Operand.of(0))
                .store(found);
        program.write(control, TRACE_MARK + "\n").writeHex(control, found).write(control, TRACE_MARK + "\n");
        program.jump(again).bind(closed).call(Syscall.EXIT_GROUP, Operand.of(0));
    }

    private void becomeWorkload(
            SyscallProgram program,
            GuestSteps guest,
            ImageConfig config,
            RuntimeEnvironment runtime,
            Operand.Slot control,
            boolean observed) {
        Steps steps = guest.steps();
        guest.ownGroup(GROUP);
        if (observed) {
            String place = frame.root() + SCRATCH;
            steps.mkdir(place, 0755).writeFile(place + "/observer", "");
            steps.mount(frame.tool(Initramfs.OBSERVER_INSIDE), place + "/observer", "none", Steps.MS_BIND, "");
        }
        steps.enterRoot(frame.root());
        if (observed) {
            steps.mount(SCRATCH + "/observer", runtime.executable(), "none", Steps.MS_BIND, "");
        }
        guest.furnish(config, limits, hostname, address, List.of());
        guest.emptyInput();
        guest.execute(config, runtime, hostname, () -> program.write(control, EXEC_MARK + "\n"));
    }
}
