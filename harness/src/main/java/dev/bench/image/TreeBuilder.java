package dev.bench.image;

import com.sun.jna.Memory;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Applies image layers, lowest first, to a directory.
 *
 * <p>Whiteouts and opaque directories hide what lower layers left, as the OCI image specification has it. Nothing is
 * ever written, linked or removed outside the directory: links are followed as a process whose root it is would follow them,
 * and an entry that would lead out is refused. Needs root, since owners and device nodes are kept. For use by one thread.
 */
final class TreeBuilder implements AutoCloseable {
    private static final String WHITEOUT = ".wh.";
    private static final String OPAQUE = ".wh..wh..opq";
    private static final String WHITEOUT_META = ".wh..wh.";
    private static final int MOST_LINKS = 40;
    private static final int LONGEST_NAME = 2048;
    private static final int LONGEST_COMPONENT = 255;
    private static final int LONGEST_LINK = 4095;
    private static final int BUFFER_BYTES = 256 << 10;

    private final String root;
    private final UnpackingLimit limit;
    private final Memory memory = new Memory(BUFFER_BYTES);
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private final Map<String, TarReader.Entry> directories = new HashMap<>();
    private Set<String> inThisLayer = new HashSet<>();

    /**
     * Creates a builder of an empty directory.
     *
     * @param root byte string of the directory
     * @param limit counts what takes none of the layers' bytes, and is read like all else: holes, and each hard link
     */
    TreeBuilder(String root, UnpackingLimit limit) {
        this.root = root;
        this.limit = limit;
    }

    /**
     * Applies one layer.
     *
     * @param layer uncompressed tar
     * @throws RefusedEntryException if an entry leads out of the tree or is of an unknown kind
     */
    void apply(InputStream layer) throws IOException {
        inThisLayer = new HashSet<>();
        TarReader reader = new TarReader(layer);
        for (TarReader.Entry entry = reader.next(); entry != null; entry = reader.next()) {
            apply(entry, reader);
        }
    }

    /**
     * Adds directories that engines make when a container starts: mount points, volumes, the working directory.
     *
     * @param paths absolute byte strings; those that are there are left as they are
     */
    void addMissingDirectories(List<String> paths) throws IOException {
        for (String path : paths) {
            String location = locate(path);
            if (location != null && PosixFiles.statusOrNull(root + location) == null) {
                PosixFiles.makeDirectory(root + location, 0755);
            }
        }
    }

    /**
     * Follows all links of a path as a process in the tree would, makes the directories that are missing on the way, and
     * returns where it leads.
     *
     * @return null where a file is in the way, or links lead in a circle
     */
    private @Nullable String locate(String path) throws IOException {
        Deque<String> pending = new ArrayDeque<>(List.of(path.split("/")));
        String current = "";
        int linksLeft = MOST_LINKS;
        while (!pending.isEmpty()) {
            String component = pending.pop();
            if (component.isEmpty() || component.equals(".")) {
                continue;
            }
            if (component.equals("..")) {
                current = current.isEmpty() ? "" : current.substring(0, current.lastIndexOf('/'));
                continue;
            }
            String next = current + "/" + component;
            PosixFiles.Status status = PosixFiles.statusOrNull(root + next);
            if (status != null && status.isSymbolicLink()) {
                if (--linksLeft < 0) {
                    return null;
                }
                String target = PosixFiles.readLink(root + next);
                current = target.startsWith("/") ? "" : current;
                List<String> parts = List.of(target.split("/"));
                for (int i = parts.size() - 1; i >= 0; i--) {
                    pending.push(parts.get(i));
                }
                continue;
            }
            boolean last = pending.stream().allMatch(part -> part.isEmpty() || part.equals("."));
            if (status == null && !last) {
                PosixFiles.makeDirectory(root + next, 0755);
            } else if (status != null && !status.isDirectory() && !last) {
                return null;
            }
            current = next;
        }
        return current;
    }

    /** Sets the time of directories, which writing into them had changed. */
    void finish() throws IOException {
        for (Map.Entry<String, TarReader.Entry> directory : directories.entrySet()) {
            PosixFiles.Status status = PosixFiles.statusOrNull(root + directory.getKey());
            if (status != null && status.isDirectory()) {
                PosixFiles.setModificationTime(
                        root + directory.getKey(),
                        directory.getValue().seconds(),
                        directory.getValue().nanos());
            }
        }
    }

    @Override
    public void close() {
        memory.close();
    }

    private void apply(TarReader.Entry entry, TarReader reader) throws IOException {
        List<String> components = components(entry.name(), entry.name());
        if (components.isEmpty()) {
            return; // the root itself, which engines make themselves
        }
        String name = components.get(components.size() - 1);
        if (name.equals(OPAQUE)) {
            String directory = parent(entry.name(), components);
            hide(directory.substring(0, directory.lastIndexOf('/')), true);
            return;
        }
        if (name.startsWith(WHITEOUT_META)) {
            return; // bookkeeping of the AUFS driver
        }
        String path = parent(entry.name(), components);
        if (name.startsWith(WHITEOUT)) {
            String hidden = name.substring(WHITEOUT.length());
            if (hidden.isEmpty() || hidden.equals(".") || hidden.equals("..")) {
                throw new RefusedEntryException(entry.name(), "hides a directory it is not in");
            }
            hide(path.substring(0, path.lastIndexOf('/') + 1) + hidden, false);
            return;
        }
        write(entry, path, reader);
        inThisLayer.add(path);
    }

    private void write(TarReader.Entry entry, String path, TarReader reader) throws IOException {
        String target = root + path;
        PosixFiles.Status existing = PosixFiles.statusOrNull(target);
        String linked = entry.type() == '1' ? hardLinkTarget(entry) : null;
        if (linked != null && linked.equals(path)) {
            throw new RefusedEntryException(entry.name(), "is a hard link to itself");
        }
        boolean keep = existing != null && existing.isDirectory() && entry.type() == '5';
        if (existing != null && !keep) {
            PosixFiles.removeTree(target);
        }
        switch (entry.type()) {
            case '0' -> writeContent(entry, target, reader);
            case '1' -> PosixFiles.makeHardLink(target, root + linked);
            case '2' -> {
                int length = entry.linkName().length();
                if (length == 0 || length > LONGEST_LINK) {
                    throw new RefusedEntryException(
                            entry.name(), "is a symbolic link to " + (length == 0 ? "nothing" : length + " bytes"));
                }
                PosixFiles.makeSymbolicLink(target, entry.linkName());
            }
            case '3' ->
                PosixFiles.makeNode(target, PosixFiles.CHARACTER_DEVICE, entry.deviceMajor(), entry.deviceMinor());
            case '4' -> PosixFiles.makeNode(target, PosixFiles.BLOCK_DEVICE, entry.deviceMajor(), entry.deviceMinor());
            case '5' -> {
                if (!keep) {
                    PosixFiles.makeDirectory(target, 0755);
                }
                directories.put(path, entry);
            }
            case '6' -> PosixFiles.makeNode(target, PosixFiles.FIFO, 0, 0);
            default ->
                throw new RefusedEntryException(
                        entry.name(), "is of a kind that no image has ('" + entry.type() + "')");
        }
        boolean symbolicLink = entry.type() == '2'
                || (linked != null && PosixFiles.status(target).isSymbolicLink());
        // in this order: a change of owner clears set-ID bits and capabilities
        PosixFiles.setOwner(target, entry.uid(), entry.gid());
        if (!symbolicLink) {
            PosixFiles.setPermissions(target, entry.mode());
        }
        for (Map.Entry<String, byte[]> attribute : entry.attributes().entrySet()) {
            PosixFiles.setAttribute(target, attribute.getKey(), attribute.getValue());
        }
        PosixFiles.setModificationTime(target, entry.seconds(), entry.nanos());
    }

    private void writeContent(TarReader.Entry entry, String target, TarReader reader) throws IOException {
        try (PosixFiles.Content content = PosixFiles.create(target)) {
            List<TarReader.Segment> segments = entry.segments();
            if (segments == null) {
                copy(reader, content, entry.size());
                return;
            }
            limit.take(entry.size());
            for (TarReader.Segment segment : segments) {
                if (segment.offset() < 0
                        || segment.length() < 0
                        || segment.offset() > entry.size() - segment.length()) {
                    throw new RefusedEntryException(entry.name(), "is a sparse file with parts beyond its end");
                }
                content.skipTo(segment.offset());
                copy(reader, content, segment.length());
            }
            content.skipTo(entry.size());
        }
    }

    private void copy(TarReader reader, PosixFiles.Content content, long length) throws IOException {
        for (long done = 0; done < length; ) {
            int count = reader.read(buffer, 0, (int) Math.min(buffer.length, length - done));
            if (count < 0) {
                throw new IOException("the archive holds less of a file than it says");
            }
            memory.write(0, buffer, 0, count);
            content.write(memory, count);
            done += count;
        }
    }

    private String hardLinkTarget(TarReader.Entry entry) throws IOException {
        List<String> components = components(entry.name(), entry.linkName());
        if (components.isEmpty()) {
            throw new RefusedEntryException(entry.name(), "is a hard link to the root directory");
        }
        String path = resolve(entry.name(), components);
        PosixFiles.Status status = PosixFiles.statusOrNull(root + path);
        if (status == null || status.isDirectory()) {
            throw new RefusedEntryException(
                    entry.name(),
                    "is a hard link to " + TreeManifest.escape(entry.linkName()) + ", which is "
                            + (status == null ? "not in the image" : "a directory"));
        }
        limit.take(status.size());
        return path;
    }

    /** Removes what lower layers left at a path, or with {@code contentOnly} in it. */
    private void hide(String path, boolean contentOnly) throws IOException {
        PosixFiles.Status status = PosixFiles.statusOrNull(root + path);
        if (status == null) {
            return;
        }
        if (status.isDirectory()) {
            for (String name : PosixFiles.list(root + path)) {
                hide(path + "/" + name, false);
            }
        }
        if (!contentOnly && !inThisLayer.contains(path)) {
            PosixFiles.remove(root + path, status.isDirectory());
        }
    }

    /** Splits a name into components, {@code ..} taken as engines take it, and refuses one that climbs out. */
    private static List<String> components(String entryName, String name) throws RefusedEntryException {
        List<String> components = new ArrayList<>();
        if (name.length() > LONGEST_NAME) { // the host's own path to the tree comes before it
            throw new RefusedEntryException(
                    entryName.substring(0, Math.min(LONGEST_NAME / 8, entryName.length())),
                    "has a name or a link of " + name.length() + " bytes, and at most " + LONGEST_NAME + " are taken");
        }
        for (String component : name.split("/", -1)) {
            if (component.equals("..")) {
                if (components.isEmpty()) {
                    throw new RefusedEntryException(entryName, "leads out of the image's tree by '..'");
                }
                components.remove(components.size() - 1);
            } else if (component.length() > LONGEST_COMPONENT) {
                throw new RefusedEntryException(
                        entryName.substring(0, Math.min(LONGEST_NAME / 8, entryName.length())),
                        "has a name of " + component.length() + " bytes, and systems take " + LONGEST_COMPONENT);
            } else if (!component.isEmpty() && !component.equals(".")) {
                components.add(component);
            }
        }
        if (name.indexOf('\0') >= 0) {
            throw new RefusedEntryException(entryName, "has a NUL in its name");
        }
        return components;
    }

    /**
     * Resolves all components but the last, makes the directories that this layer implies, and returns the resulting path
     * with the last component unresolved.
     *
     * <p>Engines unpack a layer into a directory of its own, which an overlay then lays upon the lower ones. So a directory
     * that the layer has something in, but no entry for, is one of root's with mode 755, whatever attributes it has below,
     * and even where there is a link below; only a link of the layer's own is followed.
     */
    private String parent(String entryName, List<String> components) throws IOException {
        String path = "";
        int[] linksLeft = {MOST_LINKS};
        for (int i = 0; i + 1 < components.size(); i++) {
            path = directory(entryName, path, components.get(i), linksLeft, null, true);
        }
        return path + "/" + components.get(components.size() - 1);
    }

    /** Resolves all components but the last, and makes nothing. */
    private String resolve(String entryName, List<String> components) throws IOException {
        String path = "";
        int[] linksLeft = {MOST_LINKS};
        for (int i = 0; i + 1 < components.size(); i++) {
            path = directory(entryName, path, components.get(i), linksLeft, null, false);
        }
        return path + "/" + components.get(components.size() - 1);
    }

    /**
     * Enters a directory.
     *
     * @param absolute the absolute link that led here, or null; what it leads to has to be in the image, and is not made
     * @param make whether to make what this layer implies
     */
    private String directory(
            String entryName, String base, String component, int[] linksLeft, @Nullable String absolute, boolean make)
            throws IOException {
        String path = base + "/" + component;
        PosixFiles.Status status = PosixFiles.statusOrNull(root + path);
        if (status == null) {
            if (absolute != null) {
                throw new RefusedEntryException(
                        entryName, "leads out of the image's tree through the symbolic link " + absolute);
            }
            if (make) {
                makeImplied(path);
            }
            return path;
        }
        boolean ofLowerLayer = !inThisLayer.contains(path);
        if (status.isDirectory()) {
            if (make && ofLowerLayer) {
                PosixFiles.setOwner(root + path, 0, 0);
                PosixFiles.setPermissions(root + path, 0755);
                inThisLayer.add(path);
            }
            return path;
        }
        if (!status.isSymbolicLink()) {
            if (absolute != null || !ofLowerLayer) {
                throw new RefusedEntryException(
                        entryName, "is in " + TreeManifest.escape(path) + ", which is not a directory");
            }
            if (make) {
                PosixFiles.remove(root + path, false);
                makeImplied(path);
            }
            return path;
        }
        // Where a lower layer's link leads out, the image is not an honest one, though nothing would go there.
        String target = follow(entryName, base, path, linksLeft, absolute, make && !ofLowerLayer);
        if (make && ofLowerLayer) {
            PosixFiles.remove(root + path, false);
            makeImplied(path);
            return path;
        }
        return target;
    }

    private void makeImplied(String path) throws IOException {
        PosixFiles.makeDirectory(root + path, 0755);
        inThisLayer.add(path);
    }

    /** Returns where a symbolic link in a directory leads. */
    private String follow(
            String entryName, String base, String path, int[] linksLeft, @Nullable String absolute, boolean make)
            throws IOException {
        String target = PosixFiles.readLink(root + path);
        String link = TreeManifest.escape(path) + " -> " + TreeManifest.escape(target);
        if (--linksLeft[0] < 0) {
            throw new RefusedEntryException(
                    entryName, "leads through more symbolic links than systems follow: " + link);
        }
        String leading = target.startsWith("/") ? link : absolute;
        String resolved = target.startsWith("/") ? "" : base;
        for (String part : target.split("/", -1)) {
            if (part.isEmpty() || part.equals(".")) {
                continue;
            }
            if (!part.equals("..")) {
                resolved = directory(entryName, resolved, part, linksLeft, leading, make);
            } else if (resolved.isEmpty()) {
                throw new RefusedEntryException(
                        entryName, "leads out of the image's tree through the symbolic link " + link);
            } else {
                resolved = resolved.substring(0, resolved.lastIndexOf('/'));
            }
        }
        return resolved;
    }

    /** Reports an entry that no honest image holds. */
    static final class RefusedEntryException extends IOException {
        private static final long serialVersionUID = 1L;

        RefusedEntryException(String entryName, String reason) {
            super("the entry " + TreeManifest.escape(entryName) + " " + reason);
        }
    }
}
