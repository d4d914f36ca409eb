package dev.bench.doctor;

import dev.bench.plan.Plan;
import dev.bench.workload.ImageSource;
import java.util.Set;
import java.util.TreeSet;

/** Names what a measurement can need of the host. Engines have the keys that scenarios use. */
public final class Needs {
    /** The engine of bare processes. */
    public static final String PROCESS = "process";

    /** The container engine. */
    public static final String DOCKER = "docker";

    /** The engine of virtual machines. */
    public static final String LIBVIRT = "libvirt";

    /** An image that is built from a Debian suite. */
    public static final String DEBIAN_IMAGE = "image:debian";

    /** Every engine. */
    static final Set<String> EVERY_ENGINE = Set.of(PROCESS, DOCKER, LIBVIRT);

    private Needs() {}

    /** Returns what a plan needs. */
    public static Set<String> of(Plan plan) {
        Set<String> needs = new TreeSet<>();
        plan.targets().forEach(target -> needs.add(target.driver()));
        boolean baselineIsBuilt = plan.gate() != null && plan.gate().image() instanceof ImageSource.Debian;
        if (plan.image() instanceof ImageSource.Debian || baselineIsBuilt) {
            needs.add(DEBIAN_IMAGE);
        }
        return needs;
    }
}
