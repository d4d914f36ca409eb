package dev.bench.doctor;

import dev.bench.host.Capability;
import dev.bench.host.Capability.State;
import dev.bench.target.Examination;
import dev.bench.target.TargetDriver;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Examines a host: tries what can be tried, and says of everything else what it does to figures. */
public final class Doctor {
    private Doctor() {}

    /**
     * Returns what {@link #check(Examination, List)} does, and what only some measurements need that are among the needs.
     *
     * @param needs as {@link Needs#of} returns them
     */
    public static List<Capability> check(Examination examination, List<TargetDriver> drivers, Set<String> needs) {
        List<Capability> capabilities = new ArrayList<>(check(examination, drivers));
        if (needs.contains(Needs.TRACING) && !examination.thorough()) {
            capabilities.addAll(IsolationChecks.traces());
        }
        if (!examination.thorough()) {
            capabilities.addAll(trials(drivers, needs::contains));
        }
        return capabilities;
    }

    private static List<Capability> trials(List<TargetDriver> drivers, Predicate<String> needed) {
        return drivers.stream()
                .flatMap(driver -> driver.checks().trials().entrySet().stream())
                .filter(trial -> needed.test(trial.getKey()))
                .map(trial -> trial.getValue().get())
                .toList();
    }

    /**
     * Returns every capability in display order. Takes about a second, and some more where the examination is thorough.
     * Leaves nothing behind.
     *
     * @param drivers every target driver
     */
    public static List<Capability> check(Examination examination, List<TargetDriver> drivers) {
        List<Capability> capabilities = new ArrayList<>();
        PrivilegeChecks privileges = new PrivilegeChecks(examination, drivers);
        capabilities.addAll(privileges.check());
        drivers.forEach(driver -> capabilities.addAll(driver.checks().software(examination)));
        capabilities.addAll(new ToolChecks(examination).check());
        capabilities.addAll(new IsolationChecks(examination, drivers).check());
        if (examination.thorough()) {
            capabilities.addAll(IsolationChecks.traces());
            capabilities.addAll(trials(drivers, need -> true));
        }
        capabilities.addAll(new SpaceChecks(examination).check());
        capabilities.addAll(new NoiseChecks(examination.files()).check());
        return privileges.isRoot()
                ? List.copyOf(capabilities)
                : capabilities.stream().map(Doctor::asAnotherUser).toList();
    }

    /**
     * What was refused to another user says nothing of the host: the first remedy is to be root, whatever it would be
     * then.
     */
    private static Capability asAnotherUser(Capability capability) {
        return capability.state() == State.OK || !capability.needsRoot()
                ? capability
                : capability.remedy(PrivilegeChecks.AS_ROOT);
    }

    /**
     * Returns what stands in the way, without what could not be tried: where root's privileges are missing, they are all
     * that can be said.
     */
    public static List<Capability> first(List<Capability> obstacles) {
        List<Capability> privileges = obstacles.stream()
                .filter(obstacle -> obstacle.name().equals(PrivilegeChecks.ROOT))
                .toList();
        return privileges.isEmpty() ? obstacles : privileges;
    }

    /** Returns those whose absence makes a measurement with such needs impossible. */
    public static List<Capability> obstacles(List<Capability> capabilities, Set<String> needs) {
        return capabilities.stream()
                .filter(capability -> capability.state() == State.MISSING)
                .filter(capability -> capability.neededBy().stream().anyMatch(needs::contains))
                .toList();
    }
}
