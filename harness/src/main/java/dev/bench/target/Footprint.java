package dev.bench.target;

import java.nio.file.Path;
import java.util.List;

/**
 * Says where to look for what an instance costs the host while it runs.
 *
 * @param identifiers what the command line of a process holds that exists because of the instance: its name, the
 *     engine's identifier of it
 * @param groups its memory control groups, whose processes are the workload; empty where it has none of its own
 * @param layers files and directories on disk that were made for it
 * @param guestBytes the size of its guest's memory in bytes, 0 where it runs on the host's own kernel
 */
public record Footprint(List<String> identifiers, List<Path> groups, List<Path> layers, long guestBytes) {
    public Footprint {
        identifiers = List.copyOf(identifiers);
        groups = List.copyOf(groups);
        layers = List.copyOf(layers);
    }
}
