package dev.bench.measure.stack;

import dev.bench.host.Cgroups;
import dev.bench.host.ProcessMemory;
import dev.bench.host.Processes;
import dev.bench.host.SystemFiles;
import dev.bench.target.Footprint;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads what the processes of services keep in memory: a page that several map counts in each with its share (PSS). */
final class StackMemory {
    private static final double MEBIBYTE = 1 << 20;

    private StackMemory() {}

    /** Returns the sum over every process that is in a service's control group or names it, in MiB. */
    static double mebibytes(List<Footprint> footprints) {
        Set<Long> processes = new HashSet<>();
        for (Footprint footprint : footprints) {
            for (Path group : footprint.groups()) {
                processes.addAll(Cgroups.members(group));
            }
            footprint.identifiers().forEach(identifier -> processes.addAll(Processes.naming(identifier)));
        }
        processes.remove(ProcessHandle.current().pid());
        SystemFiles files = SystemFiles.ofHost();
        return processes.stream()
                        .mapToLong(pid -> ProcessMemory.of(files, pid).pss())
                        .sum()
                / MEBIBYTE;
    }
}
