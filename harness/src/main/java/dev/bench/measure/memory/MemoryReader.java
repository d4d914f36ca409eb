package dev.bench.measure.memory;

import dev.bench.host.GroupMemory;
import dev.bench.host.ProcessMemory;
import dev.bench.host.SystemFiles;
import dev.bench.measure.memory.MemoryReading.Value;
import dev.bench.target.Footprint;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads everything there is to read of instances that run, from outside; sums over all of them, in MiB. */
final class MemoryReader {
    private final SystemFiles files;
    private final HostMemory host;

    MemoryReader(SystemFiles files) {
        this.files = files;
        this.host = new HostMemory(files);
    }

    /**
     * Returns one reading's values.
     *
     * @param footprints where the running instances are
     * @param processes their processes
     * @param daemons the engine's daemons
     */
    Map<String, Double> read(List<Footprint> footprints, Attribution.Found processes, List<Long> daemons) {
        Map<String, Double> values = new HashMap<>();
        // The host first: whatever is read after it, this JVM takes memory for it.
        host.read(values);
        ProcessMemory harness = sum(Attribution.harness());
        HostMemory.put(values, Value.HARNESS, harness.pssPrivate());
        HostMemory.put(values, Value.HARNESS_RESIDENT, harness.resident());
        HostMemory.put(values, Value.FOREIGN, sum(processes.foreign()).pssPrivate());
        HostMemory.put(values, Value.DAEMON, sum(daemons).pssPrivate());
        ProcessMemory workload = sum(processes.workloads());
        ProcessMemory shim = sum(processes.shims());
        List<Long> monitors = processes.monitors();
        ProcessMemory monitor = sum(monitors);
        long backed = backed(monitors, footprints);
        HostMemory.put(values, Value.WORKLOAD, workload.pssPrivate());
        HostMemory.put(values, Value.SHIM, shim.pssPrivate());
        HostMemory.put(values, Value.MONITOR, monitor.pssPrivate() - backed);
        HostMemory.put(values, Value.GUEST_BACKED, backed);
        ProcessMemory all = workload.plus(shim).plus(monitor);
        HostMemory.put(values, Value.PSS, all.pss());
        HostMemory.put(values, Value.PSS_FILE, all.pssFile());
        footprints.forEach(footprint -> footprint.groups().forEach(group -> charge(values, group)));
        return values;
    }

    private ProcessMemory sum(List<Long> pids) {
        return pids.stream().map(pid -> ProcessMemory.of(files, pid)).reduce(ProcessMemory.none(), ProcessMemory::plus);
    }

    private long backed(List<Long> monitors, List<Footprint> footprints) {
        long guestBytes =
                footprints.stream().mapToLong(Footprint::guestBytes).max().orElse(0);
        return guestBytes == 0
                ? 0
                : monitors.stream()
                        .mapToLong(pid ->
                                ProcessMemory.ofMapping(files, pid, guestBytes).orElse(0L))
                        .sum();
    }

    private static void charge(Map<String, Double> values, Path group) {
        GroupMemory memory = GroupMemory.of(group);
        HostMemory.put(values, Value.CGROUP_TOTAL, memory.total());
        HostMemory.put(values, Value.CGROUP_ANONYMOUS, memory.anonymous());
        HostMemory.put(values, Value.CGROUP_FILE, memory.file());
        HostMemory.put(values, Value.CGROUP_SHARED, memory.shared());
        HostMemory.put(values, Value.CGROUP_KERNEL, memory.kernel());
        memory.slab().ifPresent(slab -> HostMemory.put(values, Value.CGROUP_SLAB, slab));
    }

    /**
     * Divides a guest's backed memory by what the guest itself says of it.
     *
     * <p>Processes and cache are what the guest counts. The kernel holds what is neither that nor free, and what the
     * guest never got to see of its memory, because image and page structures lie in it. Where more is backed than the
     * three, the rest is free in the guest.
     *
     * @param values the reading to add to
     * @param inside the guest's {@code meminfo}, in bytes
     * @param guestBytes the size of its memory
     * @param backedBytes how much of it the host backs
     */
    static void divide(Map<String, Double> values, Map<String, Long> inside, long guestBytes, long backedBytes) {
        long shared = inside.getOrDefault("Shmem", 0L);
        long workload = Math.min(backedBytes, inside.getOrDefault("AnonPages", 0L) + shared);
        long cache = Math.min(
                backedBytes - workload,
                inside.getOrDefault("Cached", 0L) + inside.getOrDefault("Buffers", 0L) - shared);
        long kernel = Math.min(
                backedBytes - workload - cache,
                Math.max(0, guestBytes - inside.getOrDefault("MemFree", 0L) - workload - cache));
        HostMemory.put(values, Value.GUEST_WORKLOAD, workload);
        HostMemory.put(values, Value.GUEST_CACHE, cache);
        HostMemory.put(values, Value.GUEST_KERNEL, kernel);
        HostMemory.put(values, Value.GUEST_FREE, backedBytes - workload - cache - kernel);
        for (String line :
                List.of("MemTotal", "MemFree", "MemAvailable", "Cached", "AnonPages", "Slab", "KernelStack")) {
            values.merge(MemoryReading.INSIDE + line, inside.getOrDefault(line, 0L) / (double) (1 << 20), Double::sum);
        }
    }
}
