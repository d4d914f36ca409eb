package dev.bench.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the file that an argument vector's first element names, as an engine finds it when a container starts. */
public final class ExecutableLookup {
    private ExecutableLookup() {}

    /**
     * Returns the absolute path, within the tree, of an executable regular file; links are followed to decide whether
     * it is one, but are kept in the path.
     *
     * @param name with a slash it is taken from the working directory, without one it is searched for
     * @param searchPath value of {@code PATH}
     * @return null where there is none
     */
    public static @Nullable String find(Path tree, String name, String searchPath, String workingDirectory)
            throws IOException {
        if (name.isEmpty()) {
            return null;
        }
        if (name.contains("/")) {
            String path = absolute(name, workingDirectory);
            return isExecutable(tree, path) ? path : null;
        }
        for (String directory : searchPath.split(":", -1)) {
            String path = absolute(directory.isEmpty() ? name : directory + "/" + name, workingDirectory);
            if (isExecutable(tree, path)) {
                return path;
            }
        }
        return null;
    }

    private static String absolute(String path, String workingDirectory) {
        String joined = path.startsWith("/") ? path : workingDirectory + "/" + path;
        return joined.replaceAll("/(\\./)*/*", "/");
    }

    private static boolean isExecutable(Path tree, String path) throws IOException {
        try {
            Path file = TreePaths.resolve(tree, path);
            if (file == null || !Files.isRegularFile(file)) {
                return false;
            }
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
            return permissions.contains(PosixFilePermission.OWNER_EXECUTE)
                    || permissions.contains(PosixFilePermission.GROUP_EXECUTE)
                    || permissions.contains(PosixFilePermission.OTHERS_EXECUTE);
        } catch (InvalidPathException e) {
            return false; // a name that this locale cannot write, or with a NUL in it
        }
    }
}
