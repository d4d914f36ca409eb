package dev.bench.measure.memory;

import dev.bench.host.Cgroups;
import dev.bench.host.Processes;
import dev.bench.target.Footprint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds every process that exists because of instances: what names one in its command line, what is in an instance's
 * control group, what descends from those, and what was not there before the instances and descends from the engine.
 */
final class Attribution {
    /**
     * Holds the processes of instances, by what they are.
     *
     * @param workloads what the workload consists of, on the host's kernel
     * @param monitors machine monitors, which hold a guest's memory
     * @param shims what else exists because of an instance: shims, launchers, proxies, helpers
     * @param foreign every other process but the engine's daemons and the harness
     */
    record Found(List<Long> workloads, List<Long> monitors, List<Long> shims, List<Long> foreign) {}

    private final Set<Long> before;
    private final Set<Long> engine;

    /**
     * Remembers what runs before the first instance does.
     *
     * @param daemons the engine's daemons
     */
    Attribution(List<Long> daemons) {
        this.before = new HashSet<>(all());
        this.engine = new HashSet<>(daemons);
        engine.addAll(harness());
    }

    /** Returns this JVM and the one that started it, which follows the run beside it. */
    static List<Long> harness() {
        ProcessHandle self = ProcessHandle.current();
        return Stream.concat(Stream.of(self), self.parent().stream())
                .map(ProcessHandle::pid)
                .toList();
    }

    /** Finds the processes of instances. */
    Found processes(List<Footprint> footprints) {
        Found found = new Found(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        Set<Long> members = new HashSet<>();
        footprints.forEach(footprint -> footprint.groups().forEach(group -> members(group, members)));
        Set<Long> known = new HashSet<>();
        List<Long> others = new ArrayList<>();
        for (long pid : all()) {
            if (engine.contains(pid)) {
                continue;
            }
            Footprint named = named(pid, footprints);
            if (named != null) {
                (named.guestBytes() > 0 ? found.monitors() : found.shims()).add(pid);
                known.add(pid);
            } else if (members.contains(pid)) {
                found.workloads().add(pid);
                known.add(pid);
            } else {
                others.add(pid);
            }
        }
        for (long pid : others) {
            boolean ours = !before.contains(pid) && descends(pid, known);
            (ours ? found.shims() : found.foreign()).add(pid);
        }
        return found;
    }

    private static @Nullable Footprint named(long pid, List<Footprint> footprints) {
        List<String> arguments = Processes.arguments(pid);
        return footprints.stream()
                .filter(footprint -> isNamed(footprint, arguments))
                .findFirst()
                .orElse(null);
    }

    /** Returns whether a process's command line names an instance. */
    static boolean isNamedBy(Footprint footprint, long pid) {
        return isNamed(footprint, Processes.arguments(pid));
    }

    private static boolean isNamed(Footprint footprint, List<String> arguments) {
        return footprint.identifiers().stream()
                .anyMatch(identifier -> arguments.stream().anyMatch(argument -> argument.contains(identifier)));
    }

    private boolean descends(long pid, Set<Long> known) {
        long ancestor = Processes.parent(pid);
        while (ancestor > 1) {
            if (known.contains(ancestor) || engine.contains(ancestor)) {
                return true;
            }
            ancestor = Processes.parent(ancestor);
        }
        return false;
    }

    /** Gathers the processes of a group and of those below it. */
    private static void members(Path group, Set<Long> members) {
        members.addAll(Cgroups.members(group));
        if (!Files.isDirectory(group)) {
            return;
        }
        try (DirectoryStream<Path> children = Files.newDirectoryStream(group, Files::isDirectory)) {
            children.forEach(child -> members(child, members));
        } catch (IOException e) {
            // The group went away; so did its processes.
        }
    }

    private static List<Long> all() {
        try {
            return Processes.all();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
