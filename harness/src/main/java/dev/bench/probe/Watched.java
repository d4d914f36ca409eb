package dev.bench.probe;

import dev.bench.result.PhaseName;
import dev.bench.target.PhaseRecorder;
import java.net.InetAddress;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * Says of an instance what a watch has to know of it before its launch.
 *
 * @param address the address it will have
 * @param phases where READY is marked
 * @param asked the moments from the first of which on it may answer, so that nothing has to be probed before
 * @param ownKernel whether the instance has a kernel of its own, which every attempt takes time from
 */
public record Watched(InetAddress address, PhaseRecorder phases, Set<PhaseName> asked, boolean ownKernel) {
    public Watched {
        asked = Collections.unmodifiableSet(EnumSet.copyOf(asked));
    }

    /**
     * Describes an instance that is started from its image.
     *
     * @param announcesExec whether EXEC is marked the moment it happens
     */
    public Watched(InetAddress address, PhaseRecorder phases, boolean announcesExec, boolean ownKernel) {
        this(
                address,
                phases,
                announcesExec ? EnumSet.of(PhaseName.EXEC) : EnumSet.of(PhaseName.EXEC, PhaseName.STARTED),
                ownKernel);
    }
}
