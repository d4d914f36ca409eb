package dev.bench.probe;

import dev.bench.workload.Readiness;
import java.net.InetAddress;
import java.util.Optional;

/** Makes probe sessions for one definition of ready. Immutable; safe for use by several threads. */
public final class ReadinessProbe {
    private final Readiness readiness;
    private final Probe probe;

    /** Creates the probe for a definition of ready. */
    public ReadinessProbe(Readiness readiness) {
        this.readiness = readiness;
        this.probe = Probes.of(readiness);
    }

    /** Returns whether {@link #askAgain} asks at all. */
    public boolean asksAgain() {
        return probe.asksAgain();
    }

    /**
     * Asks an instance that is ready once more, and once more on the same connection. An interrupt of the calling thread ends
     * it.
     *
     * @return what that took; empty where readiness is not told by HTTP, or where there was no correct answer
     */
    public Optional<SecondAnswer> askAgain(InetAddress address) {
        return probe.askAgain(readiness, address);
    }

    /** Prepares a session for one instance, before its launch begins. */
    public ProbeSession prepare(Watched instance) {
        return new ProbeSession(probe.watch(readiness, instance), readiness.timeout(), instance.phases());
    }
}
