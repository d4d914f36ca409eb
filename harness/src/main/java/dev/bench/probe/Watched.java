package dev.bench.probe;

import dev.bench.target.PhaseRecorder;
import java.net.InetAddress;

/**
 * Says of an instance what a watch has to know of it before its launch.
 *
 * @param address the address it will have
 * @param phases where READY is marked
 * @param announcesExec whether EXEC is marked the moment it happens, so that nothing has to be probed before
 * @param ownKernel whether the instance has a kernel of its own, which every attempt takes time from
 */
public record Watched(InetAddress address, PhaseRecorder phases, boolean announcesExec, boolean ownKernel) {}
