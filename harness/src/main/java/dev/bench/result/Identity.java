package dev.bench.result;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * States what a target was seen to run, and what it sees of its machine.
 *
 * @param treeDigest SHA-256 over path, type, mode, owner, size and content of the file tree, as hexadecimal
 * @param argv the workload's argument vector
 * @param env the workload's environment, {@code NAME=value}, sorted
 * @param uid the workload's user id
 * @param gid the workload's group id
 * @param cwd the workload's working directory
 * @param kernel kernel release seen from inside
 * @param cpus processors seen from inside
 * @param memoryBytes memory seen from inside, or the limit where the kernel is shared
 * @param treeReadAt when the tree was read from inside, if not in this run: the bytes it is read from, and what reads
 *     them, are the same as then; ISO 8601, UTC; null where it was read in this run
 * @param attributes what else the kernel tells the workload of itself, by name, such as limits, capabilities and mounts;
 *     targets may differ in them; empty in results of versions that did not look
 * @param declaredUser as whom the target's own options have the workload run, {@code uid} or {@code uid:gid}, which is then
 *     proved in place of the image's user; null where they say nothing of it
 */
public record Identity(
        String treeDigest,
        List<String> argv,
        List<String> env,
        int uid,
        int gid,
        String cwd,
        String kernel,
        double cpus,
        long memoryBytes,
        @Nullable String treeReadAt,
        Map<String, String> attributes,
        @Nullable String declaredUser) {
    public Identity {
        argv = List.copyOf(argv);
        env = List.copyOf(env);
        // Results of versions that did not look have none.
        attributes = attributes == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    }

    /** States what a target that runs the workload as the image's user was seen to run. */
    public Identity(
            String treeDigest,
            List<String> argv,
            List<String> env,
            int uid,
            int gid,
            String cwd,
            String kernel,
            double cpus,
            long memoryBytes,
            @Nullable String treeReadAt,
            Map<String, String> attributes) {
        this(treeDigest, argv, env, uid, gid, cwd, kernel, cpus, memoryBytes, treeReadAt, attributes, null);
    }

    /** Returns the same as it may be stored and shown, without the values of secrets in arguments and environment. */
    public Identity masked() {
        return new Identity(
                treeDigest,
                Secrets.maskArguments(argv),
                env.stream().map(Secrets::maskVariable).toList(),
                uid,
                gid,
                cwd,
                kernel,
                cpus,
                memoryBytes,
                treeReadAt,
                attributes,
                declaredUser);
    }

    /** Returns the same of a target whose options declare a user; null for none. */
    public Identity withDeclaredUser(@Nullable String user) {
        return new Identity(
                treeDigest, argv, env, uid, gid, cwd, kernel, cpus, memoryBytes, treeReadAt, attributes, user);
    }
}
