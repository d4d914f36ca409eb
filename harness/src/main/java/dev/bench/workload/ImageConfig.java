package dev.bench.workload;

import java.util.List;

/**
 * Holds the part of an image's configuration that decides how it runs, after the scenario's own command and
 * environment were applied.
 *
 * @param argv ENTRYPOINT and CMD joined, or the scenario's command; never empty
 * @param env {@code NAME=value} entries
 * @param user as written: empty, {@code name}, {@code uid}, {@code name:group} or {@code uid:gid}
 * @param workingDirectory absolute; {@code /} where the image names none
 * @param exposedPorts TCP ports
 * @param stopSignal such as {@code SIGTERM} or {@code 15}
 */
public record ImageConfig(
        List<String> argv,
        List<String> env,
        String user,
        String workingDirectory,
        List<Integer> exposedPorts,
        String stopSignal) {
    public ImageConfig {
        argv = List.copyOf(argv);
        env = List.copyOf(env);
        exposedPorts = List.copyOf(exposedPorts);
    }

    /** Returns the same as another user. */
    public ImageConfig as(String other) {
        return new ImageConfig(argv, env, other, workingDirectory, exposedPorts, stopSignal);
    }
}
