package dev.bench.plan;

import dev.bench.target.Drivers;
import dev.bench.target.TargetDriver;
import dev.bench.workload.Measurement;
import java.util.List;
import java.util.Optional;

/** Checks before anything starts whether a host has the memory that a plan's instances can take. */
public final class MemoryFit {
    private MemoryFit() {}

    /**
     * Says what does not fit; empty where all does.
     *
     * <p>A virtual machine can take all the memory it is given, and the host cannot take it back. The limit of a
     * container or of a process is only a limit, so that those are held back by the floor while they run.
     *
     * @param drivers every target driver
     * @param hostBytes memory of the host, in bytes
     */
    public static Optional<String> problem(Plan plan, List<TargetDriver> drivers, long hostBytes) {
        boolean machines = plan.targets().stream()
                .anyMatch(target -> Drivers.kind(drivers, target).hasOwnKernel());
        long each = plan.limits().memoryBytes();
        if (machines && each > hostBytes) {
            return Optional.of("a virtual machine of " + mebibytes(each) + " is more than the " + mebibytes(hostBytes)
                    + " this host has. Give less limits.memory");
        }
        if (!(plan.measurement() instanceof Measurement.Memory memory)) {
            return Optional.empty();
        }
        long floor = memory.floorOn(hostBytes);
        long wanted = machines ? memory.most() * each : 0;
        if (wanted + floor <= hostBytes) {
            return Optional.empty();
        }
        return Optional.of((machines
                        ? memory.most() + " virtual machines of "
                                + mebibytes(each) + " can take " + mebibytes(wanted)
                                + "; with the floor of "
                        : "the floor of ")
                + mebibytes(floor) + (machines ? " that is more than the " : " is more than the ")
                + mebibytes(hostBytes)
                + " this host has. Give fewer memory.instances, less limits.memory or a lower memory.floor");
    }

    private static String mebibytes(long bytes) {
        return (bytes >> 20) + " MiB";
    }
}
