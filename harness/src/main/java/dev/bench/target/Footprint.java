package dev.bench.target;

import dev.bench.host.Cgroups;
import dev.bench.host.ProcessMemory;
import dev.bench.host.Processes;
import dev.bench.host.SystemFiles;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Says where to look for what an instance costs the host while it runs.
 *
 * @param identifiers what the command line of a process holds that exists because of the instance: its name, the
 *     engine's identifier of it
 * @param groups its memory control groups, whose processes are the workload; empty where it has none of its own
 * @param layers files and directories on disk that were made for it
 * @param guestBytes the size of its guest's memory in bytes, 0 where it runs on the host's own kernel
 */
public record Footprint(List<String> identifiers, List<Path> groups, List<Path> layers, long guestBytes) {
    public Footprint {
        identifiers = List.copyOf(identifiers);
        groups = List.copyOf(groups);
        layers = List.copyOf(layers);
    }

    /** Returns what the processes of instances keep in memory, each page that several map with its share (PSS), in bytes. */
    public static long residentBytes(List<Footprint> footprints) {
        Set<Long> processes = new HashSet<>();
        for (Footprint footprint : footprints) {
            footprint.groups().forEach(group -> processes.addAll(Cgroups.members(group)));
            footprint.identifiers().forEach(identifier -> processes.addAll(Processes.naming(identifier)));
        }
        processes.remove(ProcessHandle.current().pid());
        SystemFiles files = SystemFiles.ofHost();
        return processes.stream()
                .mapToLong(pid -> ProcessMemory.of(files, pid).pss())
                .sum();
    }

    /** Returns what the processes of this instance keep in memory (PSS), in bytes. */
    public long residentBytes() {
        return residentBytes(List.of(this));
    }
}
