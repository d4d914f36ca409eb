package dev.bench.lab;

import dev.bench.host.Processes;
import dev.bench.target.TargetDriver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Ends the processes of a run, known by what their arguments name. */
final class RunProcesses {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private RunProcesses() {}

    /** Returns what the arguments of a run's engines, shims, emulators and measuring JVMs contain. */
    static List<String> marks(String runId, Path directory, List<TargetDriver> drivers) {
        List<String> marks = new ArrayList<>(List.of(directory + "/", "/runs/" + runId + "/"));
        drivers.forEach(driver -> marks.addAll(driver.leftovers().marks(runId)));
        return marks;
    }

    /**
     * Kills every process that has one of the marks in an argument, but for what is seen to belong to another place, and
     * waits until none is left, those included that were dying already or were started meanwhile. Returns how many there
     * were.
     */
    static int kill(List<String> marks) {
        Set<Long> killed = new TreeSet<>();
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        boolean found = true;
        while (found && System.nanoTime() - deadline < 0) {
            found = false;
            for (long pid : marked(marks)) {
                if (killed.add(pid)) {
                    ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
                }
                found = true;
            }
            // One whose memory is gone has no arguments any more.
            while (killed.stream().anyMatch(Processes::isAlive) && System.nanoTime() - deadline < 0) {
                LockSupport.parkNanos(5_000_000);
            }
        }
        return killed.size();
    }

    private static List<Long> marked(List<String> marks) {
        try {
            return Processes.all().stream()
                    .filter(pid -> pid != ProcessHandle.current().pid())
                    .filter(pid -> marks.stream().anyMatch(mark -> Processes.names(pid, mark)))
                    .filter(pid -> Processes.isAlive(pid) && !Neighbours.hasAnother(pid))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
