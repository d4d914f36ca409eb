package dev.bench.workload;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holds what a scenario says instead of the image's own configuration.
 *
 * @param command replaces ENTRYPOINT and CMD both, or null to keep them
 * @param arguments replaces CMD only, or null to keep it; null where {@code command} replaces both
 * @param env {@code NAME=value} entries added to the image's, or put in their place
 * @param user replaces USER, or null to keep it
 * @param workingDirectory replaces WORKDIR, or null to keep it
 * @param stopSignal replaces STOPSIGNAL, or null to keep it
 */
public record ConfigOverrides(
        @Nullable List<String> command,
        @Nullable List<String> arguments,
        List<String> env,
        @Nullable String user,
        @Nullable String workingDirectory,
        @Nullable String stopSignal) {
    public ConfigOverrides {
        command = command == null ? null : List.copyOf(command);
        arguments = arguments == null ? null : List.copyOf(arguments);
        env = List.copyOf(env);
    }

    /** Creates overrides that keep CMD where they keep ENTRYPOINT. */
    public ConfigOverrides(
            @Nullable List<String> command,
            List<String> env,
            @Nullable String user,
            @Nullable String workingDirectory,
            @Nullable String stopSignal) {
        this(command, null, env, user, workingDirectory, stopSignal);
    }

    /** Returns overrides that keep everything as the image has it. */
    public static ConfigOverrides none() {
        return new ConfigOverrides(null, List.of(), null, null, null);
    }
}
