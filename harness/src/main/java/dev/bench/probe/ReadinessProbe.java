package dev.bench.probe;

import dev.bench.workload.Readiness;

/** Makes probe sessions for one definition of ready. Immutable; safe for use by several threads. */
public final class ReadinessProbe {
    private final Readiness readiness;
    private final Probe probe;

    /** Creates the probe for a definition of ready. */
    public ReadinessProbe(Readiness readiness) {
        this.readiness = readiness;
        this.probe = Probes.of(readiness);
    }

    /** Prepares a session for one instance, before its launch begins. */
    public ProbeSession prepare(Watched instance) {
        return new ProbeSession(probe.watch(readiness, instance), readiness.timeout(), instance.phases());
    }
}
