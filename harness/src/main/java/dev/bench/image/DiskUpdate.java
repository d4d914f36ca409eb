package dev.bench.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Writes into a disk what differs between two trees that are made of layers, and nothing else.
 *
 * <p>Only what the layers name is looked at that one of them has and the other has not. The file system is written by
 * {@code debugfs}, without mounting it.
 */
public final class DiskUpdate {
    private static final Duration TIMEOUT = Duration.ofMinutes(10);
    private static final String OPAQUE = "trusted.overlay.opaque";
    /** Attributes that are the host's, not the image's. */
    private static final List<String> OF_HOST = List.of("security.selinux", OPAQUE);

    /** What {@code debugfs} prints when all goes well; anything else it prints is a fault, and its status is always 0. */
    private static final String EXPECTED = "debugfs.*|Allocated inode: .*|";

    private final String before;
    private final String now;
    private final StringBuilder script = new StringBuilder();

    private DiskUpdate(Path before, Path now) {
        this.before = PosixFiles.byteString(before);
        this.now = PosixFiles.byteString(now);
    }

    /**
     * Brings a disk up to date.
     *
     * @param disk raw, one ext4 file system that holds the tree before
     * @param before the whole tree that it holds
     * @param now the whole tree that it is to hold
     * @param layers directories of the layers that only one of the trees is made of, as overlayfs has them
     * @param scratch directory for a small file
     * @return whether it was; false where something differs that cannot be written so, and nothing has been written
     * @throws IOException where writing fails; the disk is not to be used any more
     */
    public static boolean apply(Path disk, Path before, Path now, List<Path> layers, Path scratch) throws IOException {
        DiskUpdate update = new DiskUpdate(before, now);
        try {
            TreeSet<String> paths = new TreeSet<>();
            TreeSet<String> replaced = new TreeSet<>();
            for (Path layer : layers) {
                update.collect(PosixFiles.byteString(layer), "", paths, replaced);
            }
            String done = null;
            for (String path : paths) {
                if (done == null || !path.startsWith(done)) {
                    done = update.write(path, replaced.contains(path)) ? path + "/" : null;
                }
            }
        } catch (UnsupportedChange e) {
            return false;
        }
        if (update.script.length() == 0) {
            return true;
        }
        Path file = scratch.resolve("update.debugfs");
        Files.writeString(file, update.script, ISO_8859_1);
        String output = ExternalTool.run(
                "e2fsprogs", TIMEOUT, Map.of(), List.of("debugfs", "-w", "-f", file.toString(), disk.toString()));
        List<String> faults = output.lines()
                .filter(line -> !line.strip().matches(EXPECTED))
                .limit(5)
                .toList();
        if (!faults.isEmpty()) {
            throw new IOException("debugfs could not write the disk: " + String.join(" | ", faults));
        }
        return true;
    }

    /** Reports a difference that is written by making the disk anew. */
    private static final class UnsupportedChange extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /** Gathers the paths of a layer, and which of them stand for all that is below. */
    private void collect(String layer, String path, TreeSet<String> paths, TreeSet<String> replaced)
            throws IOException {
        for (String name : PosixFiles.list(layer + path)) {
            String child = path + "/" + name;
            paths.add(child);
            PosixFiles.Status status = PosixFiles.status(layer + child);
            boolean whiteout = status.type() == PosixFiles.CHARACTER_DEVICE
                    && status.deviceMajor() == 0
                    && status.deviceMinor() == 0;
            if (whiteout || (status.isDirectory() && PosixFiles.hasAttribute(layer + child, OPAQUE))) {
                replaced.add(child);
            }
            if (status.isDirectory()) {
                collect(layer, child, paths, replaced);
            }
        }
    }

    /**
     * Writes one path.
     *
     * @param all whether all that is below it may differ
     * @return whether everything below it is written too
     */
    private boolean write(String path, boolean all) throws IOException {
        PosixFiles.Status old = PosixFiles.statusOrNull(before + path);
        PosixFiles.Status status = PosixFiles.statusOrNull(now + path);
        if (status == null) {
            if (old != null) {
                remove(path, old);
            }
            return true;
        }
        if (status.isDirectory() && old != null && old.isDirectory() && !all) {
            requireNoAttributes(path);
            attributes(path, status);
            return false;
        }
        if (old != null) {
            remove(path, old);
        }
        add(path, status);
        return true;
    }

    private void remove(String path, PosixFiles.Status status) throws IOException {
        if (path.lastIndexOf('/') == 0) {
            // It looks for the name of such a path in its current directory.
            script.append("cd /\n");
        }
        if (status.isDirectory()) {
            for (String name : PosixFiles.list(before + path)) {
                remove(path + "/" + name, PosixFiles.status(before + path + "/" + name));
            }
            script.append("rmdir ").append(quoted(path)).append('\n');
        } else {
            requireOneName(before, path);
            script.append("rm ").append(quoted(path)).append('\n');
        }
    }

    private void add(String path, PosixFiles.Status status) throws IOException {
        int slash = path.lastIndexOf('/');
        String name = quoted(path.substring(slash + 1));
        if (!status.isDirectory()) {
            requireOneName(now, path);
        }
        requireNoAttributes(path);
        script.append("cd ")
                .append(quoted(slash == 0 ? "/" : path.substring(0, slash)))
                .append('\n');
        switch (status.type()) {
            case PosixFiles.DIRECTORY -> script.append("mkdir ").append(name);
            case PosixFiles.REGULAR ->
                script.append("write ").append(quoted(now + path)).append(' ').append(name);
            case PosixFiles.SYMBOLIC_LINK ->
                script.append("symlink ").append(name).append(' ').append(quoted(PosixFiles.readLink(now + path)));
            default -> throw new UnsupportedChange();
        }
        script.append('\n');
        attributes(path, status);
        if (status.isDirectory()) {
            for (String child : PosixFiles.list(now + path)) {
                add(path + "/" + child, PosixFiles.status(now + path + "/" + child));
            }
        }
    }

    private void requireNoAttributes(String path) throws IOException {
        if (!OF_HOST.containsAll(PosixFiles.attributeNames(now + path))) {
            throw new UnsupportedChange();
        }
    }

    private void attributes(String path, PosixFiles.Status status) throws IOException {
        long seconds = Files.getLastModifiedTime(PosixFiles.path(now + path), LinkOption.NOFOLLOW_LINKS)
                .toInstant()
                .getEpochSecond();
        String file = quoted(path);
        script.append("sif ")
                .append(file)
                .append(" mode 0")
                .append(Integer.toOctalString(status.mode()))
                .append('\n');
        script.append("sif ").append(file).append(" uid ").append(status.uid()).append('\n');
        script.append("sif ").append(file).append(" gid ").append(status.gid()).append('\n');
        script.append("sif ").append(file).append(" mtime @").append(seconds).append('\n');
    }

    /** Several names of one file are one file on a disk that is made anew. */
    private static void requireOneName(String tree, String path) throws IOException {
        Object names = Files.getAttribute(PosixFiles.path(tree + path), "unix:nlink", LinkOption.NOFOLLOW_LINKS);
        if (!Integer.valueOf(1).equals(names)) {
            throw new UnsupportedChange();
        }
    }

    private static String quoted(@Nullable String text) throws UnsupportedChange {
        if (text == null || text.isEmpty() || text.indexOf('"') >= 0 || text.indexOf('\n') >= 0) {
            throw new UnsupportedChange();
        }
        return '"' + text + '"';
    }
}
