package dev.bench.target;

import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Shows a driver the place where its service is to be started.
 *
 * @param runId eight characters that mark everything this run creates
 * @param directory sockets and small files of this run in memory, removed with it
 * @param cacheDirectory files that outlive runs
 * @param bridge name of the lab's Linux bridge, in the lab's network
 * @param network the subnet of that bridge; the first address is the bridge's own
 * @param endpoint address of the existing service that is to be used, or null for one of the lab's own
 * @param targets the driver's targets that will be opened
 * @param enter wraps a command so that it runs in the lab's network
 */
public record LabSite(
        String runId,
        Path directory,
        Path cacheDirectory,
        String bridge,
        Subnet network,
        @Nullable String endpoint,
        List<TargetDefinition> targets,
        UnaryOperator<List<String>> enter) {
    public LabSite {
        targets = List.copyOf(targets);
    }
}
