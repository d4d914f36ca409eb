package dev.bench.result;

import org.jspecify.annotations.Nullable;

/**
 * Tells why a launch gave no sample.
 *
 * @param kind a stable word to group by: {@code timeout}, {@code exited}, {@code engine}, {@code interrupted}
 * @param message one sentence for a person: what failed, where, and what to try
 * @param log the file below the result directory that holds the instance's output, or null where there is none
 */
public record Failure(String kind, String message, @Nullable String log) {
    /** The kind of a failure that lies with what launches: a container engine, libvirt, the host. */
    public static final String ENGINE = "engine";
}
