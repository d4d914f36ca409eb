package dev.bench.guest;

import dev.bench.host.CgroupMount;
import dev.bench.host.ResourceLimit;
import dev.bench.image.RuntimeEnvironment;
import dev.bench.program.Operand;
import dev.bench.program.Steps;
import dev.bench.program.Syscall;
import dev.bench.program.SyscallProgram;
import dev.bench.program.WorkloadSteps;
import dev.bench.target.Subnet;
import dev.bench.workload.ImageConfig;
import java.net.InetAddress;
import java.util.List;

/** Adds the steps that every guest's init is made of. */
final class GuestSteps {
    private static final int MEMORY_BYTES = 4 << 10;
    private static final String CONTROL_PORT = "/dev/ttyS1";
    private static final String OUTPUT_PORT = "/dev/ttyS2";
    private static final List<CgroupMount> HIERARCHIES = List.of(new CgroupMount("", "cgroup2", ""));
    private static final String SUPERVISOR = "supervisor";
    private static final int TCSBRK = 0x5409;
    private static final long REBOOT_MAGIC = 0xfee1deadL;
    private static final long REBOOT_MAGIC2 = 672274793;
    private static final long POWER_OFF = 0x4321fedc;
    private static final long PORT_FLAGS = Steps.O_RDWR | Steps.O_NOCTTY | Steps.O_CLOEXEC;

    private final SyscallProgram program;
    private final Steps steps;
    private final GuestFrame frame;
    private final String groups;

    /**
     * Adds to a program.
     *
     * @param frame where it runs
     */
    GuestSteps(SyscallProgram program, GuestFrame frame) {
        this.program = program;
        this.steps = new Steps(program);
        this.frame = frame;
        this.groups = frame.groups();
    }

    Steps steps() {
        return steps;
    }

    /** Opens the port that the host speaks on, where every step that fails from now on is told of before the machine ends. */
    Operand.Slot controlPort() {
        Operand.Slot control = program.slot();
        program.failure(control, () -> {
            drain(control);
            powerOff();
        });
        if (frame == GuestFrame.LEAN) {
            steps.mkdir("/dev", 0755).mount("dev", "/dev", "devtmpfs", 0, "");
        }
        steps.open(CONTROL_PORT, PORT_FLAGS, 0, control);
        return control;
    }

    /** Opens the port that output is passed on to. */
    Operand.Slot outputPort() {
        Operand.Slot port = program.slot();
        steps.open(OUTPUT_PORT, PORT_FLAGS, 0, port).rawTerminal(port);
        return port;
    }

    /** Loads the modules and joins the network. */
    void machine(List<String> modules, InetAddress address, Subnet network) {
        modules.forEach(steps::loadModule);
        steps.interfaceUp("lo", InetAddress.getLoopbackAddress(), 8, "");
        steps.interfaceUp("eth0", address, Subnet.PREFIX_LENGTH, "");
        steps.defaultRoute(network.gateway());
    }

    /**
     * Mounts the control groups, or takes over the one that systemd has delegated: only what has no process of its own may
     * limit those below, so that this one moves there too.
     */
    void controlGroups() {
        switch (frame) {
            case LEAN -> steps.mkdir(groups, 0755).tryMount("cgroup2", groups, "cgroup2", 0, "");
            case CLASSIC -> {
                steps.mkdir(group(SUPERVISOR), 0755);
                enterGroup(SUPERVISOR);
            }
        }
        steps.tell(groups + "/cgroup.subtree_control", "+memory");
    }

    /** Makes a control group with a limit of memory, in which a workload looks for that. */
    void controlGroup(String name, long memoryBytes) {
        steps.mkdir(group(name), 0755);
        steps.tell(group(name) + "/memory.max", Long.toString(memoryBytes));
    }

    /** Enters a control group. */
    void enterGroup(String name) {
        steps.tell(group(name) + "/cgroup.procs", "0");
    }

    private String group(String name) {
        return groups + "/" + name;
    }

    /** Begins a process, which goes on at the label with 0 as the call's result. */
    void clone(long namespaces) {
        program.must(
                "clone",
                Syscall.CLONE,
                Operand.of(namespaces | Steps.SIGCHLD),
                Operand.of(0),
                Operand.of(0),
                Operand.of(0),
                Operand.of(0));
    }

    /** Copies the kernel's own account of its memory to a port; nothing of it exists before it is asked for. */
    void showMemory(Operand.Slot control) {
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
        program.write(control, GuestProgram.MEMORY_MARK + "\n");
        program.call(Syscall.WRITE, control, text, count);
        program.write(control, GuestProgram.MEMORY_MARK + "\n");
    }

    /** Waits until a port has sent everything. */
    void drain(Operand.Slot port) {
        program.call(Syscall.IOCTL, port, Operand.of(TCSBRK), Operand.of(1));
    }

    void powerOff() {
        program.call(
                Syscall.REBOOT,
                Operand.of(REBOOT_MAGIC),
                Operand.of(REBOOT_MAGIC2),
                Operand.of(POWER_OFF),
                Operand.of(0));
        SyscallProgram.Label forever = new SyscallProgram.Label();
        program.bind(forever).call(Syscall.PAUSE).jump(forever);
    }

    /** Enters a control group as the root of a name space of them. */
    void ownGroup(String name) {
        enterGroup(name);
        program.call(Syscall.UNSHARE, Operand.of(Steps.CLONE_NEWCGROUP));
    }

    /**
     * Makes the present root what a workload finds.
     *
     * @param others further lines of /etc/hosts
     */
    void furnish(
            ImageConfig config, List<ResourceLimit> limits, String hostname, InetAddress address, List<String> others) {
        new WorkloadSteps(program)
                .mounts()
                .controlGroups(HIERARCHIES)
                .limits(limits)
                .networkFiles(hostname, address, others)
                .workingDirectory(config.workingDirectory());
    }

    /** Makes standard input empty, as an engine gives it. */
    void emptyInput() {
        Operand.Slot input = program.slot();
        steps.open("/dev/null", 0, 0, input);
        program.call(Syscall.DUP2, input, Operand.of(0)).call(Syscall.CLOSE, input);
    }

    /** Becomes the workload. */
    void execute(ImageConfig config, RuntimeEnvironment runtime, String hostname, Runnable lastStep) {
        program.call(Syscall.SETSID);
        new WorkloadSteps(program).execute(config, runtime, hostname, lastStep);
    }
}
