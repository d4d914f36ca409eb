package dev.bench.doctor;

import dev.bench.doctor.Capability.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Examines a host: tries what can be tried, and says of everything else what it does to figures. */
public final class Doctor {
    /** Capabilities that another user than root is refused, whether the host has them or not. */
    private static final Set<String> NEED_ROOT = Set.of(
            "KVM",
            "guest kernel",
            "control groups",
            "bridge in a namespace",
            "tun device",
            "overlay file system",
            "cache directory",
            "run directory");

    private Doctor() {}

    /**
     * Returns every capability in display order. Takes about a second, and up to ten more the first time after the
     * host's boot, because a guest is booted. Leaves nothing behind.
     */
    public static List<Capability> check(DoctorContext context) {
        List<Capability> capabilities = new ArrayList<>();
        PrivilegeChecks privileges = new PrivilegeChecks(context.files());
        capabilities.addAll(privileges.check());
        capabilities.addAll(new EngineChecks(context).check());
        capabilities.addAll(new ToolChecks(context).check());
        capabilities.addAll(new IsolationChecks(context).check());
        capabilities.addAll(new SpaceChecks(context).check());
        capabilities.addAll(new NoiseChecks(context.files()).check());
        return privileges.isRoot()
                ? List.copyOf(capabilities)
                : capabilities.stream().map(Doctor::asAnotherUser).toList();
    }

    /**
     * What was refused to another user says nothing of the host: the first remedy is to be root, whatever it would be
     * then.
     */
    private static Capability asAnotherUser(Capability capability) {
        return capability.state() == State.OK || !NEED_ROOT.contains(capability.name())
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
