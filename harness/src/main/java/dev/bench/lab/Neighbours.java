package dev.bench.lab;

import dev.bench.host.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Tells apart what another bench owns that has a {@code /run/bench} of its own, in another mount namespace: a container
 * that shares the host's processes, say. Its runs have no directory here, and are alive all the same.
 */
final class Neighbours {
    private static final String MAIN = "dev.bench.cli.Main";

    private Neighbours() {}

    /** Returns whether a process has another {@code /run/bench}, or none at all in another mount namespace. */
    static boolean isElsewhere(long pid) {
        return hasAnother(
                pid,
                () -> !Processes.shareNamespace(pid, ProcessHandle.current().pid(), "mnt"));
    }

    /**
     * Returns whether a process has a {@code /run/bench} and it is another one. One that has shut itself in, as what serves
     * directories to machines does, has none, wherever it was started.
     */
    static boolean hasAnother(long pid) {
        return hasAnother(pid, () -> false);
    }

    private static boolean hasAnother(long pid, BooleanSupplier whereThereIsNone) {
        try {
            return !Files.isSameFile(Processes.seenBy(pid, RunDirectory.ROOT), RunDirectory.ROOT);
        } catch (NoSuchFileException e) {
            return whereThereIsNone.getAsBoolean();
        } catch (IOException e) {
            return true;
        }
    }

    /** Returns whether a bench that is elsewhere is in this process's namespace of a kind, so that it may own what is there. */
    static boolean share(String kind) throws IOException {
        return benches().stream()
                .anyMatch(pid ->
                        Processes.shareNamespace(pid, ProcessHandle.current().pid(), kind));
    }

    /** Returns whether there is a bench that is elsewhere, so that it may own what the kernel has only one of. */
    static boolean exist() throws IOException {
        return !benches().isEmpty();
    }

    /** Returns whether a bench that is elsewhere sees the same directory, so that it may own what is in there. */
    static boolean share(Path directory) throws IOException {
        for (long pid : benches()) {
            try {
                if (Files.isSameFile(Processes.seenBy(pid, directory), directory)) {
                    return true;
                }
            } catch (IOException e) {
                // It has no such directory.
            }
        }
        return false;
    }

    private static List<Long> benches() throws IOException {
        List<Long> benches = new ArrayList<>();
        for (long pid : Processes.all()) {
            if (Processes.arguments(pid).contains(MAIN) && isElsewhere(pid)) {
                benches.add(pid);
            }
        }
        return benches;
    }
}
