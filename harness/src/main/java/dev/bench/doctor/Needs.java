package dev.bench.doctor;

import dev.bench.image.Origins;
import dev.bench.measure.Measures;
import dev.bench.plan.Plan;
import dev.bench.target.Drivers;
import dev.bench.target.TargetDriver;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Names what a measurement can need of the host. Drivers of targets have the keys that scenarios use. */
public final class Needs {
    /** A registry, which only deliveries take. */
    static final String REGISTRY = "registry";

    /** The kernel's tracing, which only some measures take. */
    static final String TRACING = "tracing";

    private Needs() {}

    /** Returns whatever any measurement can need, but for what is looked for only where it is needed. */
    public static Set<String> all(List<TargetDriver> drivers) {
        Set<String> needs = new TreeSet<>();
        Origins.all().forEach(origin -> needs.add(ofImage(origin.id())));
        drivers.forEach(driver -> needs.add(driver.key()));
        return needs;
    }

    /** Returns what a plan of targets of these drivers needs. */
    public static Set<String> of(Plan plan, List<TargetDriver> drivers) {
        Set<String> needs = new TreeSet<>();
        plan.targets().forEach(target -> {
            needs.add(target.driver());
            needs.addAll(Drivers.of(drivers, target).needs(target));
        });
        needs.add(ofImage(Origins.of(plan.workload().image()).id()));
        if (plan.gate() != null && plan.gate().image() != null) {
            needs.add(ofImage(Origins.of(plan.gate().image()).id()));
        }
        if (plan.workload().stack() != null) {
            plan.workload()
                    .stack()
                    .services()
                    .forEach(service ->
                            needs.add(ofImage(Origins.of(service.image()).id())));
        }
        if (Measures.of(plan).runsRegistry(plan.settings())) {
            needs.add(REGISTRY);
        }
        if (Measures.of(plan).traces()) {
            needs.add(TRACING);
        }
        return needs;
    }

    /** Returns what an image of an origin needs. */
    static String ofImage(String origin) {
        return "image:" + origin;
    }
}
