package dev.bench.image;

import java.util.List;

/**
 * Says as whom a workload runs, in numbers.
 *
 * @param uid user ID
 * @param gid primary group ID
 * @param groups all group IDs: the primary one first, then the supplementary ones in the order of {@code /etc/group}
 * @param home home directory, as {@code HOME} says where the image does not
 */
public record ResolvedUser(int uid, int gid, List<Integer> groups, String home) {
    public ResolvedUser {
        groups = List.copyOf(groups);
    }
}
