package dev.bench.target;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Shows a driver the lab it works in.
 *
 * @param runId eight characters that mark everything this run creates
 * @param runDirectory sockets and small files of this run in memory, removed with it; programs in it may not run
 * @param workDirectory files of this run's instances on disk (writable layers, launchers), removed with it
 * @param cacheDirectory files that outlive runs
 * @param bridge name of the Linux bridge that every instance is attached to, in the network the process runs in
 * @param network the subnet of that bridge; the first address is the bridge's own
 * @param services addresses of what launches instances, by the driver's key
 */
public record LabView(
        String runId,
        Path runDirectory,
        Path workDirectory,
        Path cacheDirectory,
        String bridge,
        Subnet network,
        Map<String, String> services) {
    public LabView {
        services = Map.copyOf(services);
    }

    /** Returns the same lab with another service of a driver. */
    public LabView with(String driver, String address) {
        Map<String, String> others = new HashMap<>(services);
        others.put(driver, address);
        return new LabView(runId, runDirectory, workDirectory, cacheDirectory, bridge, network, others);
    }

    /**
     * Returns the address of a driver's service.
     *
     * @throws IllegalStateException where the lab was started without it
     */
    public String service(String driver) {
        String address = services.get(driver);
        if (address == null) {
            throw new IllegalStateException("the lab has no service of " + driver);
        }
        return address;
    }
}
