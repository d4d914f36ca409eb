package dev.bench.docker;

import dev.bench.host.ExecEvents;
import dev.bench.host.ExecWatcher;
import dev.bench.host.Processes;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells when the runtime's process in a container becomes the workload: by the kernel's own word where it gives it to
 * this process, else by looking again and again. Safe for use by several threads.
 */
final class ContainerExecs {
    private static final Pattern CONTAINER_ID = Pattern.compile("[0-9a-f]{64}");

    private final Map<String, ExecWatcher.Observed> awaited = new ConcurrentHashMap<>();
    private final ContainerProcess processes;
    private final boolean told;

    /** Begins to hear of executions, for the containers of a run. */
    ContainerExecs(String runId) {
        this.processes = new ContainerProcess(runId);
        Optional<ExecEvents> events = ExecEvents.ofHost();
        events.ifPresent(host -> host.listen(this::executed));
        this.told = events.isPresent();
    }

    /**
     * Asks to hear of a container's workload; to be called before the container starts.
     *
     * @param id the container's full id
     * @param stopped whether nobody waits any more
     */
    void await(String id, BooleanSupplier stopped, ExecWatcher.Observed observed) {
        if (told) {
            awaited.put(id, observed);
        } else {
            ExecWatcher.start(() -> processes.find(id), ContainerProcess::isRuntime, stopped, observed);
        }
    }

    /** Forgets a container. */
    void forget(String id) {
        awaited.remove(id);
    }

    private void executed(long pid, long nanos) {
        if (awaited.isEmpty()) {
            return;
        }
        // Most of what executes while containers start is the runtime, and its name costs less to read than its groups,
        // for which the kernel takes the lock that the runtime needs to make a group.
        String executable = Processes.executable(pid);
        if (executable == null || ContainerProcess.isRuntime(executable)) {
            return;
        }
        Matcher id = CONTAINER_ID.matcher(Processes.controlGroups(pid));
        ExecWatcher.Observed observed = id.find() ? awaited.remove(id.group()) : null;
        if (observed != null) {
            observed.executes(nanos, pid);
        }
    }
}
