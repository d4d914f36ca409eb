package dev.bench.doctor;

import dev.bench.doctor.Capability.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Examines a host: tries what can be tried, and says of everything else what it does to figures. */
public final class Doctor {
    private Doctor() {}

    /**
     * Returns every capability in display order. Takes about a second, and up to ten more the first time after the
     * host's boot, because a guest is booted. Leaves nothing behind.
     */
    public static List<Capability> check(DoctorContext context) {
        List<Capability> capabilities = new ArrayList<>();
        capabilities.addAll(new PrivilegeChecks(context.files()).check());
        capabilities.addAll(new EngineChecks(context).check());
        capabilities.addAll(new ToolChecks(context).check());
        capabilities.addAll(new IsolationChecks(context).check());
        capabilities.addAll(new SpaceChecks(context).check());
        capabilities.addAll(new NoiseChecks(context.files()).check());
        return List.copyOf(capabilities);
    }

    /** Returns those whose absence makes a measurement with such needs impossible. */
    public static List<Capability> obstacles(List<Capability> capabilities, Set<String> needs) {
        return capabilities.stream()
                .filter(capability -> capability.state() == State.MISSING)
                .filter(capability -> capability.neededBy().stream().anyMatch(needs::contains))
                .toList();
    }
}
