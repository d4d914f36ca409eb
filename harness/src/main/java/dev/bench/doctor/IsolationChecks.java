package dev.bench.doctor;

import dev.bench.host.Cgroups;
import dev.bench.host.Commands;
import dev.bench.host.Executables;
import dev.bench.host.FileTrees;
import dev.bench.workload.Limits;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Tries what isolates instances: control groups, namespaces, bridges, overlay mounts.
 *
 * <p>Whatever is tried lives in a namespace that ends with the command that tries it, so that nothing remains even if
 * this process is killed; the one exception, a control group, is removed by name.
 */
final class IsolationChecks {
    private static final String PARENT_GROUP = "bench";

    private final DoctorContext context;

    IsolationChecks(DoctorContext context) {
        this.context = context;
    }

    List<Capability> check() {
        Path scratch = null;
        try {
            scratch = Files.createTempDirectory("bench-doctor-");
            return List.of(groups(), bridge(scratch), tap(scratch), overlay(scratch));
        } catch (IOException e) {
            return List.of(Capability.missing(
                            "temporary directory",
                            "cannot be written: " + e.getMessage(),
                            "nothing can be prepared",
                            "free space in it, or name another with TMPDIR")
                    .neededBy(Needs.EVERY_ENGINE));
        } finally {
            discard(scratch);
        }
    }

    private Capability groups() {
        String name = "control groups";
        String consequence = "instances cannot be limited to the same CPU and memory, so no scenario runs";
        String remedy = Cgroups.version() == 2
                ? "let the group this process is in delegate cpu, memory and pids"
                : "mount the cpu, memory and pids controllers below /sys/fs/cgroup";
        String path = PARENT_GROUP + "/doctor-" + ProcessHandle.current().pid();
        List<Path> directories = Cgroups.directories(path);
        Set<String> before = Cgroups.topControllers();
        try {
            Set<String> lacking = lackingControllers();
            if (!lacking.isEmpty()) {
                return Capability.missing(
                                name, "without controllers " + String.join(", ", lacking), consequence, remedy)
                        .neededBy(Needs.EVERY_ENGINE);
            }
            Cgroups.create(path, new Limits(1, 64L << 20));
            return Capability.ok(name, "version " + Cgroups.version() + ", a group with limits was made and removed");
        } catch (IOException e) {
            return Capability.missing(name, "no group can be made: " + e.getMessage(), consequence, remedy)
                    .neededBy(Needs.EVERY_ENGINE);
        } finally {
            removeGroups(directories, before);
        }
    }

    private Set<String> lackingControllers() {
        Set<String> lacking = new TreeSet<>(List.of("cpu", "memory", "pids"));
        if (Cgroups.version() == 2) {
            context.files().text("/sys/fs/cgroup/cgroup.controllers").ifPresent(line -> {
                for (String controller : line.split(" ", -1)) {
                    lacking.remove(controller);
                }
            });
        } else {
            lacking.removeIf(controller -> context.files().exists("/sys/fs/cgroup/" + controller + "/cgroup.procs"));
        }
        return lacking;
    }

    private static void removeGroups(List<Path> directories, Set<String> controllersBefore) {
        try {
            Cgroups.remove(directories);
            for (Path directory : directories) {
                Files.deleteIfExists(directory.getParent());
            }
            Cgroups.restoreTopControllers(controllersBefore);
        } catch (IOException e) {
            // The parent is in use by a run; the next clean-up of that run removes it.
        }
    }

    private Capability bridge(Path scratch) throws IOException {
        return tried(
                        "bridge in a namespace",
                        "a bridge with a veth pair was made in a namespace of its own",
                        "the lab's network cannot be made, so no scenario runs",
                        "load the kernel modules bridge and veth, and run with CAP_NET_ADMIN and CAP_SYS_ADMIN",
                        network(scratch, """
                                link add br0 type bridge
                                link add veth0 type veth peer name veth1
                                link set veth0 master br0
                                link set br0 up
                                """))
                .neededBy(Needs.EVERY_ENGINE);
    }

    private Capability tap(Path scratch) throws IOException {
        String name = "tun device";
        String consequence = "virtual machines cannot be put on the lab's bridge";
        String remedy = "load the kernel module tun, and make /dev/net/tun (character device 10:200)";
        try (FileChannel device = FileChannel.open(
                context.files().path("/dev/net/tun"), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return tried(
                            name,
                            "a tap interface was made in a namespace of its own",
                            consequence,
                            remedy,
                            network(scratch, "tuntap add dev tap0 mode tap\n"))
                    .neededBy(Set.of(Needs.LIBVIRT));
        } catch (IOException e) {
            return Capability.missing(name, "/dev/net/tun cannot be opened: " + e.getMessage(), consequence, remedy)
                    .neededBy(Set.of(Needs.LIBVIRT));
        }
    }

    private Capability overlay(Path scratch) throws IOException {
        String consequence = "every bare process has to copy the whole tree, and containers start more slowly";
        // Beside the images: whether overlays work depends on the file system below.
        Path base = Files.isDirectory(context.cacheDirectory())
                ? Files.createTempDirectory(context.cacheDirectory(), ".doctor-")
                : scratch;
        try {
            for (String directory : List.of("lower", "upper", "work", "merged")) {
                Files.createDirectories(base.resolve(directory));
            }
            String options = "lowerdir=" + base.resolve("lower") + ",upperdir=" + base.resolve("upper") + ",workdir="
                    + base.resolve("work");
            return tried(
                            "overlay file system",
                            "an overlay was mounted in a namespace of its own",
                            consequence,
                            "load the kernel module overlay, and keep the cache on ext4 or xfs",
                            List.of(
                                    "unshare",
                                    "--mount",
                                    "--propagation",
                                    "private",
                                    "mount",
                                    "-t",
                                    "overlay",
                                    "overlay",
                                    "-o",
                                    options,
                                    base.resolve("merged").toString()))
                    .neededBy(Set.of(Needs.PROCESS));
        } finally {
            if (!base.equals(scratch)) {
                discard(base);
            }
        }
    }

    private static List<String> network(Path scratch, String batch) throws IOException {
        Path file = Files.createTempFile(scratch, "ip-", ".batch");
        Files.writeString(file, batch);
        return List.of("unshare", "--net", "ip", "-batch", file.toString());
    }

    private static Capability tried(
            String name, String finding, String consequence, String remedy, List<String> command) {
        List<String> found = new ArrayList<>(command);
        found.set(0, Executables.find(command.get(0)).map(Path::toString).orElse(command.get(0)));
        try {
            Commands.Outcome outcome = Commands.run(Commands.AT_ONCE, found);
            return outcome.status() == 0
                    ? Capability.ok(name, finding)
                    : Capability.missing(
                            name, "could not be made: " + outcome.tail().replace("\n", "; "), consequence, remedy);
        } catch (IOException e) {
            return Capability.missing(name, "could not be tried: " + e.getMessage(), consequence, remedy);
        }
    }

    private static void discard(@Nullable Path directory) {
        if (directory == null) {
            return;
        }
        try {
            FileTrees.delete(directory);
        } catch (IOException e) {
            // It holds a few empty files in a directory that the host clears.
        }
    }
}
