package dev.bench.docker;

import dev.bench.host.Cgroups;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds a container's first process by its control group, before the engine tells of it.
 *
 * <p>Where engines put the group depends on the engine and its configuration; the place that was right for one
 * container is tried first for the next. Safe for use by several threads.
 */
final class ContainerProcess {
    private static final Path ROOT = Path.of("/sys/fs/cgroup");
    private static final Set<String> RUNTIMES =
            Set.of("runc", "crun", "youki", "conmon", "podman", "kata-runtime", "runsc");

    private final List<String> patterns;
    private volatile @Nullable String known;

    /** Looks below the lab's own groups first. */
    ContainerProcess(String runId) {
        patterns = List.of(
                "bench/" + runId + "/%s",
                // The runtime makes one below that which it is entered in.
                RootlessDocker.group(runId),
                "docker/%s",
                "system.slice/docker-%s.scope",
                "machine.slice/libpod-%s.scope",
                "libpod_parent/libpod-%s",
                "machine.slice/libpod-%s.scope/container");
    }

    /** Returns the process id of a container's init, empty where there is none yet. */
    OptionalLong find(String id) {
        String pattern = known;
        if (pattern != null) {
            return last(Path.of(String.format(pattern, id)));
        }
        for (String candidate : candidates()) {
            OptionalLong pid = last(Path.of(String.format(candidate, id)));
            if (pid.isPresent()) {
                known = candidate;
                return pid;
            }
        }
        return OptionalLong.empty();
    }

    /** Tells whether an executable still belongs to the runtime that prepares the container. */
    static boolean isRuntime(String executable) {
        String name = executable.substring(executable.lastIndexOf('/') + 1);
        return executable.startsWith("/memfd:")
                || executable.equals("/")
                || name.endsWith("(deleted)")
                || RUNTIMES.contains(name);
    }

    private List<String> candidates() {
        List<String> candidates = new ArrayList<>();
        for (String hierarchy : List.of("", "pids/", "memory/", "systemd/")) {
            if (Files.isDirectory(ROOT.resolve(hierarchy))) {
                patterns.forEach(pattern -> candidates.add(ROOT + "/" + hierarchy + pattern));
            }
        }
        return candidates;
    }

    private static OptionalLong last(Path group) {
        List<Long> members = Cgroups.members(group);
        return members.isEmpty() ? OptionalLong.empty() : OptionalLong.of(members.get(members.size() - 1));
    }
}
