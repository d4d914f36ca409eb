package dev.bench.guest;

import dev.bench.image.RuntimeEnvironment;
import dev.bench.workload.ImageConfig;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Describes a service that runs in a guest.
 *
 * @param hostname the name that it finds its machine to have
 * @param config how it runs
 * @param runtime what it runs with
 * @param disk device with its root
 * @param memoryBytes the limit that it finds in its control group
 * @param binds what is mounted into its root, outer directories first
 * @param hosts lines of its /etc/hosts beside those of every workload
 * @param inputOpen whether its standard input stays open; it reads an end of file otherwise
 * @param lasting whether the guest goes on when the service has ended; it powers off otherwise
 * @param check what tells of its health, or null for nothing
 */
public record GuestService(
        String hostname,
        ImageConfig config,
        RuntimeEnvironment runtime,
        String disk,
        long memoryBytes,
        List<GuestBind> binds,
        List<String> hosts,
        boolean inputOpen,
        boolean lasting,
        @Nullable GuestCheck check) {
    public GuestService {
        binds = List.copyOf(binds);
        hosts = List.copyOf(hosts);
    }
}
