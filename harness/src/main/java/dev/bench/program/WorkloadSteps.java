package dev.bench.program;

import dev.bench.host.CgroupMount;
import dev.bench.host.ResourceLimit;
import dev.bench.image.RuntimeEnvironment;
import dev.bench.workload.ImageConfig;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Adds to a program what an OCI runtime does between entering a root file system and executing the workload: the
 * pseudo file systems, the devices, the files about the network, working directory, user and arguments.
 *
 * <p>One class serves the bare process and the guest, so that the workload finds the same there as in a container.
 */
public final class WorkloadSteps {
    private static final long DEV_FLAGS = Steps.MS_NOSUID;
    private static final int CHARACTER_DEVICE = 0020000;
    private static final String CONTROL_GROUPS = "/sys/fs/cgroup";
    private static final int OPEN_FILES = 7;
    private static final long SAME_GROUP = -1;
    /** More open files than this a kernel allows nobody, unless it is told to (fs.nr_open). */
    private static final long MOST_OPEN_FILES = 1 << 20;
    /** What an engine lets a workload read of its kernel, and not change. */
    private static final List<String> READ_ONLY =
            List.of("/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger");

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
        // As engines since Docker 20.10 do: the network is the workload's own, so are all of its ports.
        steps.tell("/proc/sys/net/ipv4/ip_unprivileged_port_start", "0");
        steps.tell("/proc/sys/net/ipv4/ping_group_range", "0 2147483647");
        steps.tell("/proc/self/oom_score_adj", "0");
        for (String path : READ_ONLY) {
            steps.tryMount(path, path, "none", Steps.MS_BIND | Steps.MS_REC, "");
            steps.tryMount("none", path, "none", Steps.MS_BIND | Steps.MS_REMOUNT | Steps.MS_RDONLY | flags, "");
        }
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
        steps.mkdir("/dev/mqueue", 01777).tryMount("mqueue", "/dev/mqueue", "mqueue", flags, "");
        link("/proc/self/fd", "/dev/fd");
        link("/proc/self/fd/0", "/dev/stdin");
        link("/proc/self/fd/1", "/dev/stdout");
        link("/proc/self/fd/2", "/dev/stderr");
        link("pts/ptmx", "/dev/ptmx");
        return this;
    }

    /**
     * Mounts the control groups, in a name space of them, where a workload looks for its limits; comes after {@link
     * #mounts}.
     */
    public WorkloadSteps controlGroups(List<CgroupMount> hierarchies) {
        long flags = Steps.MS_NOSUID | Steps.MS_NODEV | Steps.MS_NOEXEC;
        boolean several =
                hierarchies.stream().noneMatch(hierarchy -> hierarchy.name().isEmpty());
        if (several) {
            steps.tryMount("tmpfs", CONTROL_GROUPS, "tmpfs", flags, "mode=755");
        }
        for (CgroupMount hierarchy : hierarchies) {
            String directory = CONTROL_GROUPS + (hierarchy.name().isEmpty() ? "" : "/" + hierarchy.name());
            if (several) {
                steps.mkdir(directory, 0755);
                hierarchy.aliases().forEach(alias -> link(hierarchy.name(), CONTROL_GROUPS + "/" + alias));
            }
            steps.tryMount("cgroup", directory, hierarchy.type(), flags | Steps.MS_RDONLY, hierarchy.options());
        }
        if (several) {
            steps.tryMount("none", CONTROL_GROUPS, "none", Steps.MS_REMOUNT | Steps.MS_RDONLY | flags, "mode=755");
        }
        return this;
    }

    /** Takes on limits of resources. */
    public WorkloadSteps limits(List<ResourceLimit> limits) {
        for (ResourceLimit limit : limits) {
            boolean bounded = limit.resource() == OPEN_FILES;
            steps.limit(
                    limit.resource(),
                    bounded ? openFiles(limit.soft()) : limit.soft(),
                    bounded ? openFiles(limit.hard()) : limit.hard());
        }
        return this;
    }

    private static long openFiles(long limit) {
        return limit == ResourceLimit.NONE ? MOST_OPEN_FILES : Math.min(limit, MOST_OPEN_FILES);
    }

    /**
     * Writes hosts, hostname and resolv.conf into the present root, and sets the host name. A link of the image's in their
     * place, which mostly leads nowhere, gives way to the file, as it does in a container.
     */
    public WorkloadSteps networkFiles(String hostname, InetAddress address) {
        return networkFiles(hostname, address, List.of());
    }

    /**
     * Does the same, and names others.
     *
     * @param others further lines of /etc/hosts
     */
    public WorkloadSteps networkFiles(String hostname, InetAddress address, List<String> others) {
        steps.mkdir("/etc", 0755);
        steps.unlink("/etc/hosts").unlink("/etc/hostname").unlink("/etc/resolv.conf");
        steps.writeFile(
                "/etc/hosts",
                "127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\n" + address.getHostAddress() + "\t"
                        + hostname + "\n"
                        + others.stream().map(line -> line + "\n").collect(Collectors.joining()));
        steps.writeFile("/etc/hostname", hostname + "\n");
        steps.writeFile("/etc/resolv.conf", "");
        program.call(Syscall.SETHOSTNAME, program.string(hostname), Operand.of(hostname.length()));
        return this;
    }

    /** Makes the working directory where the image has none, as engines do. */
    public WorkloadSteps workingDirectory(String path) {
        steps.mkdirs(path);
        return this;
    }

    /**
     * Gives standard output and error to the user, takes on directory, user and groups, then does one thing more, then
     * becomes the workload.
     */
    public void execute(ImageConfig config, RuntimeEnvironment runtime, String hostname, Runnable lastStep) {
        List<String> environment = new ArrayList<>(runtime.env());
        if (environment.stream().noneMatch(variable -> variable.startsWith("HOSTNAME="))) {
            environment.add("HOSTNAME=" + hostname);
        }
        program.call(Syscall.UMASK, Operand.of(022));
        if (runtime.user().uid() != 0) {
            // So that /dev/stdout can be opened, which opens the pipe once more.
            for (int descriptor : List.of(1, 2)) {
                program.call(
                        Syscall.FCHOWN,
                        Operand.of(descriptor),
                        Operand.of(runtime.user().uid()),
                        Operand.of(SAME_GROUP));
            }
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
