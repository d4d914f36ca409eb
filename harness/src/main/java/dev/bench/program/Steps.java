package dev.bench.program;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;

/** Adds the steps that starting a workload is made of, each a call or a few, to a {@link SyscallProgram}. */
public final class Steps {
    /** Flags of clone(2). */
    public static final long CLONE_NEWNS = 0x00020000L;

    public static final long CLONE_NEWPID = 0x20000000L;
    public static final long CLONE_NEWNET = 0x40000000L;
    public static final long CLONE_NEWUTS = 0x04000000L;
    public static final long CLONE_NEWIPC = 0x08000000L;
    public static final long CLONE_NEWCGROUP = 0x02000000L;
    /** The signal a clone sends its parent at its end. */
    public static final long SIGCHLD = 17;
    /** Flags of mount(2). */
    public static final long MS_RDONLY = 1;

    public static final long MS_NOSUID = 2;
    public static final long MS_NODEV = 4;
    public static final long MS_NOEXEC = 8;
    public static final long MS_REMOUNT = 32;
    public static final long MS_BIND = 4096;
    public static final long MS_REC = 16384;
    public static final long MS_PRIVATE = 1 << 18;
    /** Flags of open(2). */
    public static final long O_WRONLY = 1;

    public static final long O_RDWR = 2;
    public static final long O_CREAT = 0x40;
    public static final long O_NOCTTY = 0x100;
    public static final long O_TRUNC = 0x200;
    public static final long O_CLOEXEC = 0x80000;

    private static final int AF_INET = 2;
    private static final int SIOCADDRT = 0x890B;
    private static final int SIOCSIFFLAGS = 0x8914;
    private static final int SIOCSIFADDR = 0x8916;
    private static final int SIOCSIFNETMASK = 0x891C;
    private static final int SIOCSIFHWADDR = 0x8924;
    private static final int IFF_UP_RUNNING = 0x1 | 0x40;
    private static final int IFREQ_BYTES = 40;
    private static final int TCSETS = 0x5402;
    private static final int ICANON = 2;
    private static final int COPY_BYTES = 4096;

    private final SyscallProgram program;

    /**
     * Names the two ends of a pipe.
     *
     * @param readEnd descriptor to read from
     * @param writeEnd descriptor to write to
     */
    public record Pipe(Operand.Slot readEnd, Operand.Slot writeEnd) {}

    /** Adds to this program. */
    public Steps(SyscallProgram program) {
        this.program = program;
    }

    /** Makes a directory; one that exists is as good. */
    public Steps mkdir(String path, int mode) {
        program.call(Syscall.MKDIR, program.string(path), Operand.of(mode));
        return this;
    }

    /** Makes a directory and those above it; ones that exist are as good. */
    public Steps mkdirs(String path) {
        for (int slash = path.indexOf('/', 1); slash > 0; slash = path.indexOf('/', slash + 1)) {
            mkdir(path.substring(0, slash), 0755);
        }
        return mkdir(path, 0755);
    }

    /** Removes a file or a link; one that is not there is as good. */
    public Steps unlink(String path) {
        program.call(Syscall.UNLINK, program.string(path));
        return this;
    }

    /** Mounts a file system. */
    public Steps mount(String source, String target, String type, long flags, String options) {
        program.must(
                "mount " + type + " on " + target,
                Syscall.MOUNT,
                program.string(source),
                program.string(target),
                program.string(type),
                Operand.of(flags),
                program.string(options));
        return this;
    }

    /** Enters a mount namespace of its own, out of which nothing gets that is mounted from here on. */
    public Steps ownMounts() {
        program.must("enter a mount namespace", Syscall.UNSHARE, Operand.of(CLONE_NEWNS));
        return privateMounts();
    }

    /** Lets nothing out of the mount namespace it is in that is mounted from here on. */
    public Steps privateMounts() {
        return mount("none", "/", "none", MS_REC | MS_PRIVATE, "");
    }

    /** Opens a file into a slot. */
    public Steps open(String path, long flags, int mode, Operand.Slot descriptor) {
        program.must("open " + path, Syscall.OPEN, program.string(path), Operand.of(flags), Operand.of(mode));
        program.store(descriptor);
        return this;
    }

    /** Replaces a file's content; its directory must exist. */
    public Steps writeFile(String path, String content) {
        Operand.Slot descriptor = program.slot();
        open(path, O_WRONLY | O_CREAT | O_TRUNC, 0644, descriptor);
        program.must(
                "write " + path,
                Syscall.WRITE,
                descriptor,
                program.string(content),
                Operand.of(content.getBytes(StandardCharsets.UTF_8).length));
        program.call(Syscall.CLOSE, descriptor);
        return this;
    }

    /** Writes to a file that exists, where the kernel has and allows it. */
    public Steps tell(String path, String content) {
        Operand.Slot descriptor = program.slot();
        program.call(Syscall.OPEN, program.string(path), Operand.of(O_WRONLY | O_CLOEXEC), Operand.of(0));
        program.store(descriptor).write(descriptor, content).call(Syscall.CLOSE, descriptor);
        return this;
    }

    /** Mounts a file system that the workload can do without. */
    public Steps tryMount(String source, String target, String type, long flags, String options) {
        program.call(
                Syscall.MOUNT,
                program.string(source),
                program.string(target),
                program.string(type),
                Operand.of(flags),
                program.string(options));
        return this;
    }

    /** Makes a pipe whose ends no executed program inherits. */
    public Pipe pipe() {
        // The kernel writes two ints side by side, and of a descriptor it reads the lower half only.
        Operand.Address ends = program.buffer(16);
        program.must("make a pipe", Syscall.PIPE2, ends, Operand.of(O_CLOEXEC));
        return new Pipe(new Operand.Slot(ends), new Operand.Slot(new Operand.Address(ends.offset() + 4)));
    }

    /** Makes a descriptor standard output and standard error. */
    public Steps outputTo(Operand descriptor) {
        program.call(Syscall.DUP2, descriptor, Operand.of(1)).call(Syscall.DUP2, descriptor, Operand.of(2));
        return this;
    }

    /** Copies until the input ends; what cannot be written is lost, so that the writer at the other end never waits. */
    public Steps copy(Operand input, Operand output) {
        Operand.Address buffer = program.buffer(COPY_BYTES);
        Operand.Slot count = program.slot();
        SyscallProgram.Label next = new SyscallProgram.Label();
        SyscallProgram.Label done = new SyscallProgram.Label();
        program.bind(next)
                .call(Syscall.READ, input, buffer, Operand.of(COPY_BYTES))
                .store(count);
        program.jumpUnlessPositive(done)
                .call(Syscall.WRITE, output, buffer, count)
                .jump(next);
        program.bind(done);
        return this;
    }

    /** Lets a terminal pass bytes on as they are. */
    public Steps rawTerminal(Operand descriptor) {
        return terminal(descriptor, 0);
    }

    /** Lets a terminal give its input by the line and echo nothing of it. */
    public Steps lineTerminal(Operand descriptor) {
        return terminal(descriptor, ICANON);
    }

    private Steps terminal(Operand descriptor, int localModes) {
        // struct termios: input, output, control (B115200, CS8, CREAD, CLOCAL) and local modes, line, characters.
        ByteBuffer modes = ByteBuffer.allocate(36).order(ByteOrder.LITTLE_ENDIAN);
        modes.putInt(0).putInt(0).putInt(0x1002 | 0x30 | 0x80 | 0x800).putInt(localModes);
        program.call(Syscall.IOCTL, descriptor, Operand.of(TCSETS), program.bytes(modes.array()));
        return this;
    }

    /** Sets a resource limit (getrlimit(2)), all bits set for none; one that the kernel does not allow stays as it is. */
    public Steps limit(int resource, long soft, long hard) {
        ByteBuffer limit = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        limit.putLong(soft).putLong(hard);
        program.call(Syscall.SETRLIMIT, Operand.of(resource), program.bytes(limit.array()));
        return this;
    }

    /** Loads a kernel module; the call returns once its probing is done. */
    public Steps loadModule(String path) {
        Operand.Slot descriptor = program.slot();
        open(path, O_CLOEXEC, 0, descriptor);
        program.must("load module " + path, Syscall.FINIT_MODULE, descriptor, program.string(""), Operand.of(0));
        program.call(Syscall.CLOSE, descriptor);
        return this;
    }

    /** Sets an interface's hardware address (which must be down), address and netmask, and brings it up. */
    public Steps interfaceUp(String name, InetAddress address, int prefixLength, String hardwareAddress) {
        Operand.Slot socket = socket();
        if (!hardwareAddress.isEmpty()) {
            program.must(
                    "set the hardware address of " + name,
                    Syscall.IOCTL,
                    socket,
                    Operand.of(SIOCSIFHWADDR),
                    program.bytes(hardwareRequest(name, hardwareAddress)));
        }
        int mask = prefixLength == 0 ? 0 : -1 << (32 - prefixLength);
        program.must(
                "set the address of " + name,
                Syscall.IOCTL,
                socket,
                Operand.of(SIOCSIFADDR),
                program.bytes(addressRequest(name, address.getAddress())));
        program.must(
                "set the netmask of " + name,
                Syscall.IOCTL,
                socket,
                Operand.of(SIOCSIFNETMASK),
                program.bytes(
                        addressRequest(name, ByteBuffer.allocate(4).putInt(mask).array())));
        program.must(
                "bring up " + name,
                Syscall.IOCTL,
                socket,
                Operand.of(SIOCSIFFLAGS),
                program.bytes(request(name).putShort((short) IFF_UP_RUNNING).array()));
        program.call(Syscall.CLOSE, socket);
        return this;
    }

    /** Takes an interface down. */
    public Steps interfaceDown(String name) {
        Operand.Slot socket = socket();
        program.must(
                "take down " + name,
                Syscall.IOCTL,
                socket,
                Operand.of(SIOCSIFFLAGS),
                program.bytes(request(name).array()));
        program.call(Syscall.CLOSE, socket);
        return this;
    }

    /** Adds a default route. */
    public Steps defaultRoute(InetAddress gateway) {
        Operand.Slot socket = socket();
        // struct rtentry: pad, dst, gateway and genmask as sockaddr, then flags (RTF_UP | RTF_GATEWAY).
        ByteBuffer route = ByteBuffer.allocate(120).order(ByteOrder.LITTLE_ENDIAN);
        socketAddress(route.position(8), new byte[4]);
        socketAddress(route.position(24), gateway.getAddress());
        socketAddress(route.position(40), new byte[4]);
        route.position(56).putShort((short) 3);
        program.must(
                "add the default route", Syscall.IOCTL, socket, Operand.of(SIOCADDRT), program.bytes(route.array()));
        program.call(Syscall.CLOSE, socket);
        return this;
    }

    /** Enters a root directory. */
    public Steps enterRoot(String root) {
        program.must("chroot to " + root, Syscall.CHROOT, program.string(root));
        program.must("enter /", Syscall.CHDIR, program.string("/"));
        return this;
    }

    /** Enters a working directory and takes on user and groups. */
    public Steps become(String workingDirectory, int uid, int gid, List<Integer> groups) {
        program.must("enter " + workingDirectory, Syscall.CHDIR, program.string(workingDirectory));
        ByteBuffer list = ByteBuffer.allocate(4 * groups.size()).order(ByteOrder.LITTLE_ENDIAN);
        groups.forEach(list::putInt);
        program.must("set groups", Syscall.SETGROUPS, Operand.of(groups.size()), program.bytes(list.array()));
        program.must("set group " + gid, Syscall.SETGID, Operand.of(gid));
        program.must("set user " + uid, Syscall.SETUID, Operand.of(uid));
        return this;
    }

    /** Replaces the program; comes back only where that fails. */
    public Steps execute(String path, List<String> arguments, List<String> environment) {
        program.must(
                "execute " + path,
                Syscall.EXECVE,
                program.string(path),
                program.stringArray(arguments),
                program.stringArray(environment));
        return this;
    }

    /** Replaces the program by one that gets the arguments and the environment that this one got. */
    public Steps executeInstead(String path) {
        Operand.Slot arguments = program.slot();
        Operand.Slot environment = program.slot();
        program.inherited(arguments, environment);
        program.must("execute " + path, Syscall.EXECVE, program.string(path), arguments, environment);
        return this;
    }

    /**
     * Keeps the program, and what it becomes, on some of the host's processors.
     *
     * @param list as the kernel writes such lists ({@code 0-2})
     */
    public Steps runOn(String list) {
        BitSet processors = new BitSet();
        for (String range : list.split(",", -1)) {
            String[] ends = range.split("-", -1);
            processors.set(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]) + 1);
        }
        // The kernel takes the mask in whole words.
        ByteBuffer mask = ByteBuffer.allocate((processors.length() + 63) / 64 * 8);
        mask.put(processors.toByteArray());
        program.must(
                "run on the processors " + list,
                Syscall.SCHED_SETAFFINITY,
                Operand.of(0),
                Operand.of(mask.capacity()),
                program.bytes(mask.array()));
        return this;
    }

    private Operand.Slot socket() {
        Operand.Slot socket = program.slot();
        program.must("open a socket", Syscall.SOCKET, Operand.of(AF_INET), Operand.of(2), Operand.of(0));
        program.store(socket);
        return socket;
    }

    private static ByteBuffer request(String name) {
        ByteBuffer request = ByteBuffer.allocate(IFREQ_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        request.put(name.getBytes(StandardCharsets.US_ASCII));
        return request.position(16);
    }

    private static byte[] addressRequest(String name, byte[] address) {
        ByteBuffer request = request(name);
        socketAddress(request, address);
        return request.array();
    }

    private static byte[] hardwareRequest(String name, String hardwareAddress) {
        ByteBuffer request = request(name).putShort((short) 1); // ARPHRD_ETHER
        for (String part : hardwareAddress.split(":", -1)) {
            request.put((byte) Integer.parseInt(part, 16));
        }
        return request.array();
    }

    private static void socketAddress(ByteBuffer target, byte[] address) {
        target.putShort((short) AF_INET).putShort((short) 0).put(address);
    }
}
