package dev.bench.doctor;

import dev.bench.host.Capability;
import dev.bench.host.Cgroups;
import dev.bench.host.NamespaceTrial;
import dev.bench.host.ScratchDirectory;
import dev.bench.target.Examination;
import dev.bench.target.TargetDriver;
import dev.bench.trace.TraceFileSystem;
import dev.bench.workload.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Tries what isolates instances: control groups, namespaces, bridges, and what the drivers add to these.
 *
 * <p>Whatever is tried lives in a namespace that ends with the command that tries it, so that nothing remains even if
 * this process is killed; the exceptions are a control group and a tracing instance, which are removed by name, and a directory of
 * empty files.
 */
final class IsolationChecks {
    private static final String PARENT_GROUP = "bench";

    private final Examination examination;
    private final List<TargetDriver> drivers;

    IsolationChecks(Examination examination, List<TargetDriver> drivers) {
        this.examination = examination;
        this.drivers = drivers;
    }

    List<Capability> check() {
        try (ScratchDirectory directory = ScratchDirectory.create("doctor")) {
            Path scratch = directory.path();
            List<Capability> capabilities = new ArrayList<>(List.of(groups().asRootOnly(), bridge(scratch)));
            for (TargetDriver driver : drivers) {
                capabilities.addAll(driver.checks().isolation(examination, scratch));
            }
            return capabilities;
        } catch (IOException e) {
            return List.of(Capability.missing(
                            "temporary directory",
                            "cannot be written: " + e.getMessage(),
                            "nothing can be prepared",
                            "free space in it, or name another with TMPDIR")
                    .neededBy(examination.drivers()));
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
                        .neededBy(examination.drivers());
            }
            Cgroups.create(path, new Limits(1, 64L << 20));
            return Capability.ok(name, "version " + Cgroups.version() + ", a group with limits was made and removed");
        } catch (IOException e) {
            return Capability.missing(name, "no group can be made: " + e.getMessage(), consequence, remedy)
                    .neededBy(examination.drivers());
        } finally {
            removeGroups(directories, before);
        }
    }

    /** Tries the kernel's tracing, for the few measures that take it. */
    static List<Capability> traces() {
        return List.of(tracing(), functions());
    }

    /** Tries tracing in one way. */
    @FunctionalInterface
    private interface Trial {
        /** Returns what stands in the way, empty where nothing does. */
        String refused() throws IOException;
    }

    private static String refused(Trial trial) {
        try {
            return trial.refused();
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static Capability tracing() {
        String name = "kernel tracing";
        String refused = refused(TraceFileSystem::trial);
        return refused.isEmpty()
                ? Capability.ok(name, "a tracing instance of its own was made and removed")
                : Capability.missing(
                                name,
                                "refused: " + refused,
                                "isolation cannot be measured",
                                "use a kernel with CONFIG_FTRACE_SYSCALLS and without lockdown, and run with CAP_SYS_ADMIN"
                                        + " outside of containers")
                        .neededBy(Set.of(Needs.TRACING))
                        .asRootOnly();
    }

    /** Without it a figure is missing, and nothing else. */
    private static Capability functions() {
        String name = "kernel function tracing";
        String refused = refused(TraceFileSystem::functionTrial);
        return refused.isEmpty()
                ? Capability.ok(name, "a tracing instance of its own could trace functions")
                : Capability.degraded(
                                name,
                                "refused: " + refused,
                                "with measure: isolation, isolation.host_functions has no figure",
                                TraceFileSystem.FUNCTION_REMEDY)
                        .asRootOnly();
    }

    private Set<String> lackingControllers() {
        Set<String> lacking = new TreeSet<>(List.of("cpu", "memory", "pids"));
        if (Cgroups.version() == 2) {
            examination.files().text("/sys/fs/cgroup/cgroup.controllers").ifPresent(line -> {
                for (String controller : line.split(" ", -1)) {
                    lacking.remove(controller);
                }
            });
        } else {
            lacking.removeIf(
                    controller -> examination.files().exists("/sys/fs/cgroup/" + controller + "/cgroup.procs"));
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
        return NamespaceTrial.of(
                        "bridge in a namespace",
                        "a bridge with a veth pair was made in a namespace of its own",
                        "the lab's network cannot be made, so no scenario runs",
                        "load the kernel modules bridge and veth, and run with CAP_NET_ADMIN and CAP_SYS_ADMIN",
                        NamespaceTrial.network(scratch, """
                                link add br0 type bridge
                                link add veth0 type veth peer name veth1
                                link set veth0 master br0
                                link set br0 up
                                """))
                .neededBy(examination.drivers())
                .asRootOnly();
    }
}
