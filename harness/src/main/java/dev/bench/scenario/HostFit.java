package dev.bench.scenario;

import dev.bench.measure.HostView;
import dev.bench.measure.Measures;
import dev.bench.plan.Plan;
import dev.bench.target.Drivers;
import dev.bench.target.TargetDefinition;
import dev.bench.target.TargetDriver;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Checks before anything starts whether a host can hold what a plan asks for. */
public final class HostFit {
    private HostFit() {}

    /**
     * Returns what a plan's measure needs to know of the host.
     *
     * @param drivers every target driver
     * @param memoryBytes memory of the host
     * @param freeBytes what is free where instances are kept on disk
     * @param existing keys of the existing services that are used instead of a lab's own
     */
    public static HostView view(
            Plan plan, List<TargetDriver> drivers, long memoryBytes, long freeBytes, Set<String> existing) {
        boolean machines = plan.targets().stream()
                .anyMatch(target -> Drivers.kind(drivers, target).hasOwnKernel());
        return new HostView(
                memoryBytes,
                freeBytes,
                placeBytes(plan, drivers),
                machines,
                withoutVolumes(plan, drivers, existing),
                notFresh(plan, drivers, existing));
    }

    private static List<String> notFresh(Plan plan, List<TargetDriver> drivers, Set<String> existing) {
        return plan.targets().stream()
                .flatMap(target -> {
                    TargetDriver driver = Drivers.of(drivers, target);
                    return driver.notFresh(target, isExisting(driver, existing)).stream()
                            .map(reason -> "target " + target.name() + ": " + reason);
                })
                .toList();
    }

    private static boolean isExisting(TargetDriver driver, Set<String> existing) {
        return driver.endpoint()
                .filter(endpoint -> existing.contains(endpoint.key()))
                .isPresent();
    }

    private static List<String> withoutVolumes(Plan plan, List<TargetDriver> drivers, Set<String> existing) {
        return plan.targets().stream()
                .filter(target -> {
                    TargetDriver driver = Drivers.of(drivers, target);
                    return !driver.keepsVolumes() || !isExisting(driver, existing);
                })
                .map(TargetDefinition::name)
                .toList();
    }

    private static long placeBytes(Plan plan, List<TargetDriver> drivers) {
        return plan.targets().stream()
                .mapToLong(target -> Drivers.of(drivers, target).placeBytes(target, plan.limits()))
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** Says what does not fit, with the remedy; empty where all does. */
    public static Optional<String> problem(Plan plan, HostView host) {
        long each = plan.limits().memoryBytes();
        if (host.machines() && each > host.memoryBytes()) {
            return Optional.of("a virtual machine of " + (each >> 20) + " MiB is more than the "
                    + (host.memoryBytes() >> 20) + " MiB this host has. Give less limits.memory");
        }
        return Measures.of(plan).unfit(plan, host);
    }
}
