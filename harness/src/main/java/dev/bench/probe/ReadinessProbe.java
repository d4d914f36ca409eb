package dev.bench.probe;

import dev.bench.target.PhaseRecorder;
import dev.bench.workload.Readiness;
import java.net.InetAddress;

/** Makes probe sessions for one definition of ready. Immutable; safe for use by several threads. */
public final class ReadinessProbe {
    private final Readiness readiness;

    /** Creates the probe for a definition of ready. */
    public ReadinessProbe(Readiness readiness) {
        this.readiness = readiness;
    }

    /**
     * Prepares a session for one instance, before its launch begins.
     *
     * @param address the address it will have
     * @param phases where READY is marked
     * @param announcesExec whether EXEC is marked the moment it happens, so that nothing has to be probed before
     * @param ownKernel whether the instance has a kernel of its own, which every attempt takes time from
     */
    public ProbeSession prepare(InetAddress address, PhaseRecorder phases, boolean announcesExec, boolean ownKernel) {
        return new ProbeSession(readiness, address, phases, announcesExec, ownKernel);
    }
}
