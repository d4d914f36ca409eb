package dev.bench.workload;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Says how one service of an application runs.
 *
 * @param name what the others know it by
 * @param image where its image comes from
 * @param overrides what holds instead of the image's own configuration
 * @param dependencies what has to be there before it starts
 * @param healthcheck how it is known to be healthy, or null where nobody asks
 * @param mounts what lies over its image's files, in the order in which it is mounted
 * @param aliases further names that the others know it by
 * @param ports TCP ports that it is said to listen on, ascending
 * @param hostname its own host name, or null for whatever the substrate gives
 * @param restart what happens after its end
 * @param stopGrace how long it may take to stop before it is killed
 * @param stdinOpen whether its standard input stays open; it reads an end of file otherwise
 */
public record Service(
        String name,
        ImageSource image,
        ConfigOverrides overrides,
        List<Dependency> dependencies,
        @Nullable Healthcheck healthcheck,
        List<Mount> mounts,
        List<String> aliases,
        List<Integer> ports,
        @Nullable String hostname,
        Restart restart,
        Duration stopGrace,
        boolean stdinOpen) {
    public Service {
        dependencies = List.copyOf(dependencies);
        mounts = List.copyOf(mounts);
        aliases = List.copyOf(aliases);
        ports = List.copyOf(ports);
    }

    /** Returns every name that the others know it by. */
    public List<String> names() {
        return Stream.concat(Stream.of(name), aliases.stream()).distinct().toList();
    }

    /** Returns whether others wait for its end, so that it ends by itself. */
    public boolean endsIn(Stack stack) {
        return stack.services().stream()
                .flatMap(service -> service.dependencies().stream())
                .anyMatch(dependency ->
                        dependency.service().equals(name) && dependency.condition() == Dependency.Condition.COMPLETED);
    }
}
