package dev.bench.process;

import dev.bench.host.CgroupMount;
import dev.bench.image.RuntimeEnvironment;
import dev.bench.program.Operand;
import dev.bench.program.Steps;
import dev.bench.program.Syscall;
import dev.bench.program.SyscallProgram;
import dev.bench.program.WorkloadSteps;
import dev.bench.target.LaunchRequest;
import dev.bench.target.Place;
import dev.bench.target.Subnet;
import dev.bench.workload.ImageConfig;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes the program that starts one bare process: it joins control groups and a network namespace, clones a child into
 * PID and mount namespaces of its own, and the child mounts the writable copy of the tree and becomes the workload.
 *
 * <p>Namespaces serve addressing and removal, and let the workload find what it finds in a container; there is no engine,
 * no system call filter, no dropped capability.
 *
 * @param tree the read-only tree
 * @param directory the instance's own directory on disk, with {@code upper}, {@code work} and {@code root}
 * @param groups directories of its control groups
 * @param hierarchies the host's control groups, of which the workload sees its own
 * @param namespace file of its network namespace
 * @param network the lab's network
 * @param binds host file to path inside, mounted over what is there
 * @param place host directory that is mounted where data is kept, or null where that is a part of the tree's copy
 */
record LauncherProgram(
        Path tree,
        Path directory,
        List<Path> groups,
        List<CgroupMount> hierarchies,
        Path namespace,
        Subnet network,
        Map<Path, String> binds,
        @Nullable Path place) {
    /** The pipe on which a failure is told; its end without a word is the moment of execution. */
    static final String PIPE = "exec";

    /** The file that gets the workload's wait status. */
    static final String STATUS = "status";

    private static final String SCRATCH = "/.bench";

    byte[] elf(ImageConfig config, RuntimeEnvironment runtime, LaunchRequest request) {
        SyscallProgram program = new SyscallProgram();
        Steps steps = new Steps(program);
        Operand.Slot pipe = program.slot();
        Operand.Slot descriptor = program.slot();
        program.failure(pipe, () -> program.call(Syscall.EXIT_GROUP, Operand.of(127)));
        steps.open(directory.resolve(PIPE).toString(), Steps.O_WRONLY | Steps.O_CLOEXEC, 0, pipe);
        for (Path group : groups) {
            steps.writeFile(group.resolve("cgroup.procs").toString(), "0");
        }
        steps.open(namespace.toString(), Steps.O_CLOEXEC, 0, descriptor);
        program.must("enter the network namespace", Syscall.SETNS, descriptor, Operand.of(Steps.CLONE_NEWNET));
        steps.interfaceUp("lo", InetAddress.getLoopbackAddress(), 8, "");
        steps.interfaceDown("eth0");
        steps.interfaceUp("eth0", request.address(), Subnet.PREFIX_LENGTH, Subnet.hardwareAddress(request.address()));
        steps.defaultRoute(network.gateway());

        // Who listens has made a pipe; a file is written through one, since output is a pipe in a container too.
        Steps.@Nullable Pipe output = request.output() == null ? steps.pipe() : null;
        SyscallProgram.Label child = new SyscallProgram.Label();
        long namespaces = Steps.CLONE_NEWPID
                | Steps.CLONE_NEWNS
                | Steps.CLONE_NEWUTS
                | Steps.CLONE_NEWIPC
                | Steps.CLONE_NEWCGROUP;
        program.must(
                "clone",
                Syscall.CLONE,
                Operand.of(namespaces | Steps.SIGCHLD),
                Operand.of(0),
                Operand.of(0),
                Operand.of(0),
                Operand.of(0));
        program.jumpIfZero(child);
        waitForChild(program, steps, pipe, output);
        program.bind(child);
        if (output != null) {
            steps.outputTo(output.writeEnd());
        }
        becomeWorkload(program, steps, config, runtime, request);
        return program.toElf();
    }

    private void waitForChild(SyscallProgram program, Steps steps, Operand.Slot pipe, Steps.@Nullable Pipe output) {
        Operand.Slot status = program.slot();
        Operand.Slot file = program.slot();
        // Only the child holds the pipe from here on, so that its execution closes it.
        program.call(Syscall.CLOSE, pipe);
        if (output != null) {
            program.call(Syscall.CLOSE, output.writeEnd());
            steps.copy(output.readEnd(), Operand.of(1));
        }
        program.must("wait", Syscall.WAIT4, Operand.of(-1), status.location(), Operand.of(0), Operand.of(0));
        steps.open(directory.resolve(STATUS).toString(), Steps.O_WRONLY | Steps.O_CREAT | Steps.O_TRUNC, 0600, file);
        program.writeHex(file, status).call(Syscall.EXIT_GROUP, Operand.of(0));
    }

    private void becomeWorkload(
            SyscallProgram program,
            Steps steps,
            ImageConfig config,
            RuntimeEnvironment runtime,
            LaunchRequest request) {
        String root = directory.resolve("root").toString();
        steps.privateMounts();
        steps.mount(
                "overlay",
                root,
                "overlay",
                0,
                "lowerdir=" + tree + ",upperdir=" + directory.resolve("upper") + ",workdir="
                        + directory.resolve("work"));
        if (!binds.isEmpty()) {
            bindSources(steps, root);
        }
        if (place != null) {
            steps.mkdir(root + Place.DIRECTORY, 0755);
            steps.mount(place.toString(), root + Place.DIRECTORY, "none", Steps.MS_BIND, "");
        }
        steps.enterRoot(root);
        binds.forEach((source, target) -> {
            String place = SCRATCH + "/" + source.getFileName();
            if (!target.equals(place)) {
                steps.mount(place, target, "none", Steps.MS_BIND, "");
            }
        });
        new WorkloadSteps(program)
                .mounts()
                .controlGroups(hierarchies)
                .networkFiles(request.name(), request.address())
                .workingDirectory(config.workingDirectory());
        program.call(Syscall.SETSID);
        new WorkloadSteps(program).execute(config, runtime, request.name(), () -> {});
    }

    /** Brings files in before the root is entered; they reach their places after it, where links lead right. */
    private void bindSources(Steps steps, String root) {
        steps.mkdir(root + SCRATCH, 0755);
        for (Path source : binds.keySet()) {
            String place = root + SCRATCH + "/" + source.getFileName();
            steps.writeFile(place, "");
            steps.mount(source.toString(), place, "none", Steps.MS_BIND, "");
        }
    }
}
