package dev.bench.doctor;

import dev.bench.plan.Plan;
import dev.bench.target.TargetDriver;
import dev.bench.workload.ImageSource;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Names what a measurement can need of the host. Drivers of targets have the keys that scenarios use. */
public final class Needs {
    /** An image that is built from a Debian suite. */
    public static final String DEBIAN_IMAGE = "image:debian";

    private Needs() {}

    /** Returns whatever any measurement can need. */
    public static Set<String> all(List<TargetDriver> drivers) {
        Set<String> needs = new TreeSet<>(Set.of(DEBIAN_IMAGE));
        drivers.forEach(driver -> needs.add(driver.key()));
        return needs;
    }

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
