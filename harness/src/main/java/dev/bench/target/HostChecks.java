package dev.bench.target;

import dev.bench.host.Capability;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Finds out whether a host has what a driver's targets take, each thing with its remedy. Leaves nothing behind. */
public interface HostChecks {
    /** Examines nothing: what every lab takes is enough. */
    HostChecks NONE = examination -> List.of();

    /** Examines the software that launches instances, and what it runs on; in display order. */
    List<Capability> software(Examination examination);

    /**
     * Tries what isolates instances, beside what every lab takes; in display order.
     *
     * @param scratch a directory for small files, removed afterwards
     * @throws IOException where nothing can be written there
     */
    default List<Capability> isolation(Examination examination, Path scratch) throws IOException {
        return List.of();
    }

    /**
     * Returns what tries something that only targets with some need take, and that takes a while, by that need, as {@link
     * TargetDriver#needs} names it; what is returned has it among those that need it.
     */
    default Map<String, Supplier<Capability>> trials() {
        return Map.of();
    }

    /** Returns the processors it has programs for, by the names of {@code os.arch}; empty where any does. */
    default Set<String> architectures() {
        return Set.of();
    }
}
