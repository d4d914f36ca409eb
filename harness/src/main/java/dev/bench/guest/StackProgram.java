package dev.bench.guest;

import dev.bench.host.ResourceLimit;
import dev.bench.program.Operand;
import dev.bench.program.Steps;
import dev.bench.program.Syscall;
import dev.bench.program.SyscallProgram;
import dev.bench.program.WorkloadSteps;
import dev.bench.target.Subnet;
import dev.bench.workload.Signals;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes the init of a guest that runs services of a stack, each in a root of its own, as the first process of a PID name
 * space, with mounts, host name, IPC and control group of its own. All share the guest's network.
 *
 * <p>The host starts, stops and checks services by lines on the control port: a command and the service's letter. A process
 * for each service, its keeper, waits for those; init itself only passes them on. What services write goes out on one port,
 * in pieces that name the service; so do the outcomes of checks, which nothing a check prints can feign.
 *
 * @param modules paths of the modules in the guest, in order
 * @param address the guest's address
 * @param network the network it is in
 * @param limits limits of resources that services begin with
 * @param data what is mounted below {@link #DATA} before any service starts
 * @param services at most {@value #MOST_SERVICES}; the first has the letter A
 */
public record StackProgram(
        List<String> modules,
        InetAddress address,
        Subnet network,
        List<ResourceLimit> limits,
        List<GuestMount> data,
        List<GuestService> services) {
    /** Where the guest keeps what it mounts into the roots of services. */
    public static final String DATA = "/data";

    public static final int MOST_SERVICES = 26;

    /** What the host says, each before a service's letter. */
    public static final char START_COMMAND = 'r';

    public static final char STOP_COMMAND = 's';
    public static final char KILL_COMMAND = 'k';
    public static final char CHECK_COMMAND = 'h';
    /** The bytes of a check's output that are passed on, the last ones. */
    public static final int OUTPUT_BYTES = 4096;

    private static final String ROOTS = "/roots/";
    private static final String SCRATCH = "/.bench";
    private static final int KILL_SIGNAL = 9;
    private static final int NO_SUCH_PROGRAM = 127;
    private static final int WNOHANG = 1;
    private static final int UNMOUNT_DETACHED = 2;
    private static final int MONOTONIC = 1;
    private static final int POLL_INPUT = 1;
    private static final int POLL_ENTRY = 8;
    private static final long OWN = Steps.CLONE_NEWPID | Steps.CLONE_NEWNS | Steps.CLONE_NEWUTS | Steps.CLONE_NEWIPC;

    public StackProgram {
        modules = List.copyOf(modules);
        limits = List.copyOf(limits);
        data = List.copyOf(data);
        services = List.copyOf(services);
        if (services.isEmpty() || services.size() > MOST_SERVICES) {
            throw new IllegalArgumentException(services.size() + " services in one guest");
        }
    }

    /** Returns the letter that stands for a service, by its place among them. */
    public static char letter(int index) {
        return (char) ('A' + index);
    }

    /** Returns what a guest writes on the control port when a service's program is executed. */
    public static String execMark(char letter) {
        return GuestProgram.EXEC_MARK + " " + letter;
    }

    /** Returns what comes before a service's wait status, eight hexadecimal digits on the next line. */
    public static String exitMark(char letter) {
        return GuestProgram.EXIT_MARK + " " + letter;
    }

    /** Returns what stands before the name of a service's step that failed. */
    public static String scope(char letter) {
        return letter + ": ";
    }

    /** Returns the same of its check. */
    public static String checkScope(char letter) {
        return letter + " check: ";
    }

    /** Returns the executable. */
    public byte[] elf() {
        return new Writer().write();
    }

    /** Writes one program. */
    private final class Writer {
        private final SyscallProgram program = new SyscallProgram();
        private final GuestSteps guest = new GuestSteps(program, GuestFrame.LEAN);
        private final Steps steps = guest.steps();
        private final Operand.Slot control = guest.controlPort();
        private final List<Steps.Pipe> commands = new ArrayList<>();
        private final Operand.Address word = program.buffer(16);
        private final Operand.Address token = program.buffer(8);

        byte[] write() {
            steps.lineTerminal(control);
            program.write(control, GuestProgram.INIT_MARK + "\n");
            guest.machine(modules, address, network);
            Operand.Slot port = guest.outputPort();
            mountDisks();
            guest.controlGroups();
            Steps.Pipe speaking = lock();
            Steps.Pipe writing = lock();
            for (int index = 0; index < services.size(); index++) {
                commands.add(steps.pipe());
            }
            for (int index = 0; index < services.size(); index++) {
                SyscallProgram.Label keeper = new SyscallProgram.Label();
                SyscallProgram.Label next = new SyscallProgram.Label();
                guest.clone(0);
                program.jumpIfZero(keeper).jump(next).bind(keeper);
                new Keeper(index, port, speaking, writing).write();
                program.bind(next);
            }
            passOnCommands(speaking);
            return program.toElf();
        }

        private void mountDisks() {
            steps.mkdir(ROOTS, 0755).mkdir(DATA, 0755);
            for (GuestMount mount : data) {
                steps.mkdir(mount.directory(), 0755).mount(mount.source(), mount.directory(), mount.type(), 0, "");
            }
            for (int index = 0; index < services.size(); index++) {
                String root = ROOTS + letter(index);
                steps.mkdir(root, 0755).mount(services.get(index).disk(), root, "ext4", 0, "");
            }
        }

        /** Makes a lock: a pipe with one byte in it, which whoever holds the lock has taken out. */
        private Steps.Pipe lock() {
            Steps.Pipe lock = steps.pipe();
            release(lock);
            return lock;
        }

        private void take(Steps.Pipe lock) {
            program.call(Syscall.READ, lock.readEnd(), token, Operand.of(1));
        }

        private void release(Steps.Pipe lock) {
            program.call(Syscall.WRITE, lock.writeEnd(), token, Operand.of(1));
        }

        /** Reads the host's lines for ever. */
        private void passOnCommands(Steps.Pipe speaking) {
            SyscallProgram.Label again = new SyscallProgram.Label();
            SyscallProgram.Label memory = new SyscallProgram.Label();
            SyscallProgram.Label closed = new SyscallProgram.Label();
            Operand.Address letter = new Operand.Address(word.offset() + 1);
            program.bind(again).call(Syscall.READ, control, word, Operand.of(16));
            program.jumpUnlessPositive(closed).jumpIfByte(word, GuestProgram.MEMORY_COMMAND.charAt(0), memory);
            List<SyscallProgram.Label> labels = new ArrayList<>();
            for (int index = 0; index < services.size(); index++) {
                labels.add(new SyscallProgram.Label());
                program.jumpIfByte(letter, letter(index), labels.get(index));
            }
            program.jump(again);
            for (int index = 0; index < services.size(); index++) {
                program.bind(labels.get(index))
                        .call(Syscall.WRITE, commands.get(index).writeEnd(), word, Operand.of(1))
                        .jump(again);
            }
            program.bind(memory);
            take(speaking);
            guest.showMemory(control);
            release(speaking);
            program.jump(again).bind(closed);
            guest.powerOff();
        }

        /** Writes the process that starts a service, waits for its end and listens meanwhile. */
        private final class Keeper {
            private final GuestService service;
            private final char letter;
            private final String root;
            private final String group;
            private final Operand.Slot port;
            private final Steps.Pipe speaking;
            private final Steps.Pipe writing;
            private final Operand commandEnd;
            private final Operand.Slot workload = program.slot();
            /** What is never written to; null where standard input is empty. */
            private Steps.@Nullable Pipe input;

            Keeper(int index, Operand.Slot port, Steps.Pipe speaking, Steps.Pipe writing) {
                this.service = services.get(index);
                this.letter = letter(index);
                this.root = ROOTS + letter;
                this.group = "service-" + letter;
                this.port = port;
                this.speaking = speaking;
                this.writing = writing;
                this.commandEnd = commands.get(index).readEnd();
            }

            void write() {
                failsQuietly(scope(letter));
                guest.controlGroup(group, service.memoryBytes());
                if (service.inputOpen()) {
                    input = steps.pipe();
                }
                SyscallProgram.Label idle = new SyscallProgram.Label();
                SyscallProgram.Label start = new SyscallProgram.Label();
                program.bind(idle)
                        .call(Syscall.READ, commandEnd, word, Operand.of(1))
                        .jumpIfByte(word, START_COMMAND, start)
                        .jump(idle)
                        .bind(start);
                start();
                program.jump(idle);
            }

            /** A step that fails ends the process that took it; the service's end is told as any other. */
            private void failsQuietly(String scope) {
                program.failure(control, scope, () -> program.call(Syscall.EXIT_GROUP, Operand.of(NO_SUCH_PROGRAM)));
            }

            private void start() {
                Steps.Pipe output = steps.pipe();
                SyscallProgram.Label child = new SyscallProgram.Label();
                SyscallProgram.Label relayed = new SyscallProgram.Label();
                SyscallProgram.Label listening = new SyscallProgram.Label();
                SyscallProgram.Label after = new SyscallProgram.Label();
                Operand.Slot relay = program.slot();
                Operand.Slot listener = program.slot();
                guest.clone(OWN);
                program.jumpIfZero(child).store(workload).call(Syscall.CLOSE, output.writeEnd());
                guest.clone(0);
                program.jumpIfZero(relayed).store(relay).call(Syscall.CLOSE, output.readEnd());
                guest.clone(0);
                program.jumpIfZero(listening).store(listener);
                awaitEnd(relay, listener);
                program.jump(after);
                program.bind(child);
                becomeService(output);
                program.bind(relayed);
                passOn(output);
                program.bind(listening);
                listen();
                program.bind(after);
            }

            private void awaitEnd(Operand.Slot relay, Operand.Slot listener) {
                Operand.Slot status = program.slot();
                SyscallProgram.Label next = new SyscallProgram.Label();
                SyscallProgram.Label ended = new SyscallProgram.Label();
                program.bind(next)
                        .must("wait", Syscall.WAIT4, Operand.of(-1), status.location(), Operand.of(0), Operand.of(0))
                        .jumpIfEqual(workload, ended)
                        .jump(next);
                // Its last words come before the word of its end.
                program.bind(ended).call(Syscall.WAIT4, relay, Operand.of(0), Operand.of(0), Operand.of(0));
                program.call(Syscall.KILL, listener, Operand.of(KILL_SIGNAL));
                program.call(Syscall.WAIT4, listener, Operand.of(0), Operand.of(0), Operand.of(0));
                // A machine may be taken away now, and its volumes be given to another.
                program.call(Syscall.SYNC);
                take(writing);
                guest.drain(port);
                release(writing);
                take(speaking);
                program.write(control, exitMark(letter) + "\n").writeHex(control, status);
                release(speaking);
                if (!service.lasting()) {
                    guest.drain(control);
                    guest.powerOff();
                }
            }

            /** Passes output on in pieces: the letter, the size in hexadecimal, the bytes; at the end an empty one. */
            private void passOn(Steps.Pipe output) {
                Operand.Address buffer = program.buffer(OUTPUT_BYTES);
                Operand.Slot count = program.slot();
                SyscallProgram.Label next = new SyscallProgram.Label();
                SyscallProgram.Label done = new SyscallProgram.Label();
                program.bind(next)
                        .call(Syscall.READ, output.readEnd(), buffer, Operand.of(OUTPUT_BYTES))
                        .store(count)
                        .jumpUnlessPositive(done);
                take(writing);
                program.write(port, String.valueOf(letter)).writeHex(port, count);
                program.call(Syscall.WRITE, port, buffer, count);
                release(writing);
                program.jump(next).bind(done);
                take(writing);
                program.write(port, String.valueOf(letter)).writeHex(port, program.slot());
                release(writing);
                program.call(Syscall.EXIT_GROUP, Operand.of(0));
            }

            private void listen() {
                SyscallProgram.Label again = new SyscallProgram.Label();
                SyscallProgram.Label stop = new SyscallProgram.Label();
                SyscallProgram.Label kill = new SyscallProgram.Label();
                SyscallProgram.Label check = new SyscallProgram.Label();
                SyscallProgram.Label reap = new SyscallProgram.Label();
                program.bind(again).call(Syscall.READ, commandEnd, word, Operand.of(1));
                program.jumpIfByte(word, STOP_COMMAND, stop)
                        .jumpIfByte(word, KILL_COMMAND, kill)
                        .jumpIfByte(word, CHECK_COMMAND, check)
                        .jump(again);
                program.bind(stop)
                        .call(
                                Syscall.KILL,
                                workload,
                                Operand.of(Signals.number(service.config().stopSignal())))
                        .jump(again);
                program.bind(kill)
                        .call(Syscall.KILL, workload, Operand.of(KILL_SIGNAL))
                        .jump(again);
                program.bind(check);
                GuestCheck wanted = service.check();
                if (wanted != null) {
                    SyscallProgram.Label checking = new SyscallProgram.Label();
                    guest.clone(0);
                    program.jumpIfZero(checking).jump(reap).bind(checking);
                    failsQuietly(checkScope(letter));
                    new Checker(wanted).write();
                    failsQuietly(scope(letter));
                }
                program.bind(reap)
                        .call(Syscall.WAIT4, Operand.of(-1), Operand.of(0), Operand.of(WNOHANG), Operand.of(0))
                        .jumpUnlessPositive(again)
                        .jump(reap);
            }

            private void becomeService(Steps.Pipe output) {
                steps.outputTo(output.writeEnd());
                guest.ownGroup(group);
                if (!service.binds().isEmpty()) {
                    steps.mkdir(root + SCRATCH, 0700)
                            .mount(DATA, root + SCRATCH, "none", Steps.MS_BIND | Steps.MS_REC, "");
                }
                steps.enterRoot(root);
                guest.furnish(service.config(), limits, service.hostname(), address, service.hosts());
                service.binds().forEach(this::bind);
                // It may lie in what has just been mounted.
                steps.mkdirs(service.config().workingDirectory());
                if (!service.binds().isEmpty()) {
                    program.call(Syscall.UMOUNT2, program.string(SCRATCH), Operand.of(UNMOUNT_DETACHED));
                    program.call(Syscall.RMDIR, program.string(SCRATCH));
                }
                if (input == null) {
                    guest.emptyInput();
                } else {
                    program.call(Syscall.DUP2, input.readEnd(), Operand.of(0));
                }
                guest.execute(service.config(), service.runtime(), service.hostname(), () -> {
                    take(speaking);
                    program.write(control, execMark(letter) + "\n");
                    release(speaking);
                });
            }

            /** Mounts when the root has been entered, where links lead right. */
            private void bind(GuestBind bind) {
                String path = bind.path();
                switch (bind.kind()) {
                    case TMPFS -> {
                        long flags = Steps.MS_NOSUID | Steps.MS_NODEV | Steps.MS_NOEXEC;
                        steps.mkdirs(path).mount("tmpfs", path, "tmpfs", flags, bind.source());
                        if (bind.readOnly()) {
                            steps.mount("none", path, "none", Steps.MS_REMOUNT | Steps.MS_RDONLY | flags, "");
                        }
                        return;
                    }
                    case DIRECTORY -> steps.mkdirs(path);
                    case FILE -> {
                        int slash = path.lastIndexOf('/');
                        if (slash > 0) {
                            steps.mkdirs(path.substring(0, slash));
                        }
                        Operand.Slot made = program.slot();
                        program.call(
                                Syscall.OPEN,
                                program.string(path),
                                Operand.of(Steps.O_CREAT | Steps.O_CLOEXEC),
                                Operand.of(0644));
                        program.store(made).call(Syscall.CLOSE, made);
                    }
                }
                steps.mount(SCRATCH + bind.source().substring(DATA.length()), path, "none", Steps.MS_BIND, "");
                if (bind.readOnly()) {
                    steps.mount("none", path, "none", Steps.MS_BIND | Steps.MS_REMOUNT | Steps.MS_RDONLY, "");
                }
            }

            /** Writes the process that executes a check where the service runs, and tells its outcome. */
            private final class Checker {
                private final GuestCheck check;
                private final Operand.Address polled = program.buffer(2 * POLL_ENTRY);
                private final Operand.Address tail = program.buffer(2 * OUTPUT_BYTES);
                private final Operand.Slot process = program.slot();
                private final Operand.Slot late = program.slot();
                private final Operand.Slot status = program.slot();

                Checker(GuestCheck check) {
                    this.check = check;
                }

                void write() {
                    Operand.Slot place = program.slot();
                    SyscallProgram.Label child = new SyscallProgram.Label();
                    program.must("find the service", Syscall.PIDFD_OPEN, workload, Operand.of(0));
                    program.store(place);
                    guest.enterGroup(group);
                    program.must(
                            "enter the service's name spaces",
                            Syscall.SETNS,
                            place,
                            Operand.of(OWN | Steps.CLONE_NEWCGROUP));
                    Steps.Pipe output = steps.pipe();
                    guest.clone(0);
                    program.jumpIfZero(child).store(process).call(Syscall.CLOSE, output.writeEnd());
                    readTail(output);
                    program.call(Syscall.WAIT4, process, status.location(), Operand.of(0), Operand.of(0));
                    tell();
                    program.call(Syscall.EXIT_GROUP, Operand.of(0)).bind(child);
                    execute(output);
                }

                private void execute(Steps.Pipe output) {
                    steps.outputTo(output.writeEnd());
                    program.failure(
                            Operand.of(1), "", () -> program.call(Syscall.EXIT_GROUP, Operand.of(NO_SUCH_PROGRAM)));
                    steps.enterRoot(root);
                    new WorkloadSteps(program).limits(limits);
                    guest.emptyInput();
                    guest.execute(check.config(), check.runtime(), service.hostname(), () -> {});
                }

                /** Keeps the end of the output until nobody can write any more, or the time is over. */
                private void readTail(Steps.Pipe output) {
                    SyscallProgram.Label next = new SyscallProgram.Label();
                    SyscallProgram.Label over = new SyscallProgram.Label();
                    SyscallProgram.Label done = new SyscallProgram.Label();
                    Operand.Slot count = program.slot();
                    Operand.Slot reading = new Operand.Slot(polled);
                    Operand.Slot timer = new Operand.Slot(at(polled, POLL_ENTRY));
                    program.call(Syscall.TIMERFD_CREATE, Operand.of(MONOTONIC), Operand.of(0))
                            .store(timer)
                            .call(
                                    Syscall.TIMERFD_SETTIME,
                                    timer,
                                    Operand.of(0),
                                    program.bytes(timerSetting(check.timeout())),
                                    Operand.of(0));
                    program.call(Syscall.DUP, output.readEnd()).store(reading);
                    // struct pollfd: the descriptor, four bytes, then what is waited for and what happened, two each.
                    program.put(at(polled, 4), POLL_INPUT).put(at(polled, POLL_ENTRY + 4), POLL_INPUT);
                    program.bind(next)
                            .call(Syscall.POLL, polled, Operand.of(2), Operand.of(-1))
                            .jumpIfByte(at(polled, POLL_ENTRY + 6), (char) POLL_INPUT, over)
                            .call(Syscall.READ, output.readEnd(), at(tail, OUTPUT_BYTES), Operand.of(OUTPUT_BYTES))
                            .store(count)
                            .jumpUnlessPositive(done)
                            .moveToFront(tail, count, OUTPUT_BYTES)
                            .jump(next);
                    Operand.Slot processGroup = program.slot();
                    program.bind(over)
                            .put(late.location(), 1)
                            .negate(process, processGroup)
                            .call(Syscall.KILL, processGroup, Operand.of(KILL_SIGNAL))
                            .bind(done);
                }

                private void tell() {
                    Operand.Slot start = program.slot();
                    Operand.Slot length = program.slot();
                    program.skipZeros(tail, OUTPUT_BYTES, start, length);
                    take(writing);
                    program.write(port, String.valueOf(Character.toLowerCase(letter)))
                            .writeHex(port, length)
                            .writeHex(port, late)
                            .writeHex(port, status)
                            .call(Syscall.WRITE, port, start, length);
                    release(writing);
                }
            }
        }
    }

    private static Operand.Address at(Operand.Address address, int offset) {
        return new Operand.Address(address.offset() + offset);
    }

    /** Returns struct itimerspec: no interval, then the time. */
    private static byte[] timerSetting(Duration time) {
        return ByteBuffer.allocate(32)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(16, time.getSeconds())
                .putLong(24, time.getNano())
                .array();
    }
}
