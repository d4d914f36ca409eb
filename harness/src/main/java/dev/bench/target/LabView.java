package dev.bench.target;

import java.nio.file.Path;

/**
 * Shows a driver the lab it works in.
 *
 * @param runId eight characters that mark everything this run creates
 * @param runDirectory sockets and small files of this run in memory, removed with it; programs in it may not run
 * @param workDirectory files of this run's instances on disk (writable layers, launchers), removed with it
 * @param cacheDirectory files that outlive runs
 * @param bridge name of the Linux bridge that every instance is attached to, in the network the process runs in
 * @param network the subnet of that bridge; the first address is the bridge's own
 * @param dockerHost URI of the container engine's socket
 * @param dockerNetwork name of the engine's network on that bridge
 * @param libvirtUri connection URI for libvirt
 */
public record LabView(
        String runId,
        Path runDirectory,
        Path workDirectory,
        Path cacheDirectory,
        String bridge,
        Subnet network,
        String dockerHost,
        String dockerNetwork,
        String libvirtUri) {}
