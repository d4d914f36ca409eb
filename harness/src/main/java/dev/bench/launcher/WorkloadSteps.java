package dev.bench.launcher;

import dev.bench.image.RuntimeEnvironment;
import dev.bench.syscall.Operand;
import dev.bench.syscall.Steps;
import dev.bench.syscall.Syscall;
import dev.bench.syscall.SyscallProgram;
import dev.bench.workload.ImageConfig;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * Adds to a program what an OCI runtime does between entering a root file system and executing the workload: the
 * pseudo file systems, the devices, the files about the network, working directory, user and arguments.
 *
 * <p>One class serves the bare process and the guest, so that the workload finds the same there as in a container.
 */
public final class WorkloadSteps {
    private static final long DEV_FLAGS = Steps.MS_NOSUID;
    private static final int CHARACTER_DEVICE = 0020000;

    private final SyscallProgram program;
    private final Steps steps;

    /** Adds to this program. */
    public WorkloadSteps(SyscallProgram program) {
        this.program = program;
        this.steps = new Steps(program);
    }

    /** Mounts proc, sys and a dev of its own in the present root. */
    public WorkloadSteps mounts() {
        long flags = Steps.MS_NOSUID | Steps.MS_NODEV | Steps.MS_NOEXEC;
        steps.mkdir("/proc", 0555).mount("proc", "/proc", "proc", flags, "");
        steps.mkdir("/sys", 0555).mount("sysfs", "/sys", "sysfs", flags | Steps.MS_RDONLY, "");
        steps.mkdir("/dev", 0755).mount("tmpfs", "/dev", "tmpfs", DEV_FLAGS, "mode=755,size=65536k");
        device("null", 1, 3);
        device("zero", 1, 5);
        device("full", 1, 7);
        device("random", 1, 8);
        device("urandom", 1, 9);
        device("tty", 5, 0);
        steps.mkdir("/dev/pts", 0755)
                .mount(
                        "devpts",
                        "/dev/pts",
                        "devpts",
                        Steps.MS_NOSUID | Steps.MS_NOEXEC,
                        "newinstance,ptmxmode=0666,mode=0620,gid=5");
        steps.mkdir("/dev/shm", 01777).mount("shm", "/dev/shm", "tmpfs", flags, "mode=1777,size=65536k");
        link("/proc/self/fd", "/dev/fd");
        link("/proc/self/fd/0", "/dev/stdin");
        link("/proc/self/fd/1", "/dev/stdout");
        link("/proc/self/fd/2", "/dev/stderr");
        link("pts/ptmx", "/dev/ptmx");
        return this;
    }

    /** Writes hosts, hostname and resolv.conf into the present root, and sets the host name. */
    public WorkloadSteps networkFiles(String hostname, InetAddress address) {
        steps.mkdir("/etc", 0755);
        steps.writeFile(
                "/etc/hosts",
                "127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\n" + address.getHostAddress() + "\t"
                        + hostname + "\n");
        steps.writeFile("/etc/hostname", hostname + "\n");
        steps.writeFile("/etc/resolv.conf", "");
        program.call(Syscall.SETHOSTNAME, program.string(hostname), Operand.of(hostname.length()));
        return this;
    }

    /** Makes the working directory where the image has none, as engines do. */
    public WorkloadSteps workingDirectory(String path) {
        for (int slash = path.indexOf('/', 1); slash > 0; slash = path.indexOf('/', slash + 1)) {
            steps.mkdir(path.substring(0, slash), 0755);
        }
        steps.mkdir(path, 0755);
        return this;
    }

    /** Takes on directory, user and groups, then does one thing more, then becomes the workload. */
    public void execute(ImageConfig config, RuntimeEnvironment runtime, String hostname, Runnable lastStep) {
        List<String> environment = new ArrayList<>(runtime.env());
        if (environment.stream().noneMatch(variable -> variable.startsWith("HOSTNAME="))) {
            environment.add("HOSTNAME=" + hostname);
        }
        steps.become(
                config.workingDirectory(),
                runtime.user().uid(),
                runtime.user().gid(),
                runtime.user().groups());
        lastStep.run();
        steps.execute(runtime.executable(), config.argv(), environment);
    }

    private void device(String name, int major, int minor) {
        program.call(
                Syscall.MKNOD,
                program.string("/dev/" + name),
                Operand.of(CHARACTER_DEVICE | 0666),
                Operand.of(((long) major << 8) | minor));
        // The process's umask was applied.
        program.call(Syscall.CHMOD, program.string("/dev/" + name), Operand.of(0666));
    }

    private void link(String target, String path) {
        program.call(Syscall.SYMLINK, program.string(target), program.string(path));
    }
}
