package dev.bench.image;

import dev.bench.workload.ImageConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Holds what a launcher without a container engine must set itself, so that the workload sees what it sees in a
 * container.
 *
 * @param env sorted {@code NAME=value} entries: the image's and the scenario's, with {@code PATH} and {@code HOME}
 *     added where they are missing; {@code HOSTNAME}, which engines add and which differs by instance, is not in it
 * @param executable the absolute path within the tree that {@code argv[0]} leads to; {@code argv[0]} itself stays as it
 *     is
 * @param user as whom the workload runs
 */
public record RuntimeEnvironment(List<String> env, String executable, ResolvedUser user) {
    /** The {@code PATH} of an image that names none, as in every container engine. */
    public static final String DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    public RuntimeEnvironment {
        env = List.copyOf(env);
    }

    /**
     * Works out the environment of an image.
     *
     * @param tree the image's flattened tree
     * @throws ImageException if the image has no such user or executable
     * @throws IOException if the tree cannot be read
     */
    public static RuntimeEnvironment of(ImageConfig config, Path tree) throws ImageException, IOException {
        ResolvedUser user = UserResolver.resolve(tree, config.user());
        Map<String, String> variables = new TreeMap<>();
        variables.put("PATH", DEFAULT_PATH);
        variables.put("HOME", user.home());
        for (String variable : config.env()) {
            int equals = variable.indexOf('=');
            if (equals > 0) {
                String name = variable.substring(0, equals);
                String value = variable.substring(equals + 1);
                if (!name.equals("HOME") || !value.isEmpty()) {
                    variables.put(name, value);
                }
            }
        }
        String path = variables.getOrDefault("PATH", DEFAULT_PATH);
        String name = config.argv().get(0);
        String executable = ExecutableLookup.find(tree, name, path, config.workingDirectory());
        if (executable == null) {
            throw new ImageException("no such executable in the image: " + name
                    + (name.contains("/") ? "" : " (searched in " + path + ")")
                    + ". Correct workload.command, or add the package that has it to the image");
        }
        return new RuntimeEnvironment(
                variables.entrySet().stream()
                        .map(variable -> variable.getKey() + "=" + variable.getValue())
                        .toList(),
                executable,
                user);
    }
}
