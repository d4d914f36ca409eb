package dev.bench.target;

import dev.bench.host.Distribution;
import dev.bench.host.SystemFiles;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Shows what a host is to be examined for.
 *
 * @param files the host's files
 * @param distribution the host's distribution
 * @param cacheDirectory where images are kept; need not exist yet
 * @param runDirectory where runs keep their sockets and state; need not exist yet
 * @param drivers keys of every driver: what is needed by all of them no measurement can do without
 * @param endpoints existing services that are to be used instead of the lab's own, by {@link Endpoint#key}
 * @param thorough whether what takes seconds is tried too
 * @param progress hears of what takes seconds, before it begins
 */
public record Examination(
        SystemFiles files,
        Distribution distribution,
        Path cacheDirectory,
        Path runDirectory,
        Set<String> drivers,
        Map<String, String> endpoints,
        boolean thorough,
        Consumer<String> progress) {
    public Examination {
        drivers = Collections.unmodifiableSet(new TreeSet<>(drivers));
        endpoints = Map.copyOf(endpoints);
    }

    /** Examines this host, without what takes seconds. */
    public static Examination ofHost(List<TargetDriver> drivers, Path cacheDirectory, Map<String, String> endpoints) {
        SystemFiles files = SystemFiles.ofHost();
        return new Examination(
                files,
                Distribution.read(files),
                cacheDirectory.toAbsolutePath(),
                Path.of("/run/bench"),
                Set.copyOf(drivers.stream().map(TargetDriver::key).toList()),
                endpoints,
                false,
                step -> {});
    }

    /** Returns an examination that tries what takes seconds too. */
    public Examination thorough(Consumer<String> listener) {
        return new Examination(files, distribution, cacheDirectory, runDirectory, drivers, endpoints, true, listener);
    }
}
