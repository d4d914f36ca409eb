package dev.bench.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Resolves paths as a process whose root directory is the tree would. */
public final class TreePaths {
    private static final int MOST_LINKS = 40;

    private TreePaths() {}

    /**
     * Returns the file on this host that a path in the tree leads to, all links followed; never one outside the tree.
     *
     * @param path absolute within the tree
     * @return null where there is none
     */
    public static @Nullable Path resolve(Path tree, String path) throws IOException {
        Deque<String> pending = new ArrayDeque<>(List.of(path.split("/")));
        Path current = tree;
        int links = 0;
        while (!pending.isEmpty()) {
            String component = pending.pop();
            if (component.isEmpty() || component.equals(".")) {
                continue;
            }
            if (component.equals("..")) {
                Path parent = current.getParent();
                current = current.equals(tree) || parent == null ? tree : parent;
                continue;
            }
            Path next = current.resolve(component);
            if (Files.isSymbolicLink(next)) {
                if (++links > MOST_LINKS) {
                    return null;
                }
                String target = Files.readSymbolicLink(next).toString();
                if (target.startsWith("/")) {
                    current = tree;
                }
                List<String> parts = List.of(target.split("/"));
                for (int i = parts.size() - 1; i >= 0; i--) {
                    pending.push(parts.get(i));
                }
            } else if (Files.exists(next, LinkOption.NOFOLLOW_LINKS)) {
                current = next;
            } else {
                return null;
            }
        }
        return current;
    }
}
