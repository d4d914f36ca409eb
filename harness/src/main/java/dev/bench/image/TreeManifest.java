package dev.bench.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.sun.jna.Memory;
import dev.bench.host.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Says what a file tree is, so that two places can prove that they hold the same one.
 *
 * <p>One line a path, in byte order of the paths, with tabs between the fields: path, type ({@code file},
 * {@code directory}, {@code link}, {@code character}, {@code block}, {@code fifo}, {@code socket}), permissions in
 * octal, uid, gid, and for a file its size and the SHA-256 of its content, for a link its target, for a device
 * {@code major:minor}. Bytes other than printable ASCII, and the backslash, are written {@code \ooo}.
 *
 * <p>The same text comes from {@link #of}, on this host, and from {@link #script}, inside an instance.
 *
 * @param text the lines, each with its newline; ASCII only
 */
public record TreeManifest(String text) {
    /** Paths, with all below them, that engines make, mount over or write to in every instance. */
    public static final List<String> ENGINE_OWNED = List.of(
            "/.bench", // where our own tools are mounted
            "/.dockerenv",
            "/dev",
            "/etc/hostname",
            "/etc/hosts",
            "/etc/mtab",
            "/etc/resolv.conf",
            "/proc",
            "/run/.containerenv", // Podman's .dockerenv
            "/run/NetworkManager/resolv.conf", // where images' /etc/resolv.conf lead
            "/run/resolvconf/resolv.conf",
            "/run/secrets", // Podman's
            "/run/systemd/resolve/resolv.conf",
            "/run/systemd/resolve/stub-resolv.conf",
            "/sys");

    private static final String SCRIPT_RESOURCE = "tree-manifest.sh";
    private static final int READ_BYTES = 128 << 10;
    private static final int SET_USER_ID = 04000;

    /**
     * Reads a tree on this host; needs root where the tree has files that only their owner may read.
     *
     * @throws IOException if a file cannot be read, or the tree changes meanwhile
     */
    public static TreeManifest of(Path tree) throws IOException {
        String root = PosixFiles.byteString(tree);
        List<String> paths = new ArrayList<>();
        collect(root, "", paths);
        paths.sort(null); // chars of a byte string sort as bytes do
        String[] lines = new String[paths.size()];
        try {
            IntStream.range(0, lines.length).parallel().forEach(i -> lines[i] = line(root, paths.get(i)));
        } catch (UncheckedIOException e) {
            throw new IOException(e.getMessage(), e);
        }
        return new TreeManifest(String.join("", lines));
    }

    /**
     * Returns the {@code sh} script that prints the manifest of a tree using nothing but BusyBox.
     *
     * <p>Arguments: the tree's root, and {@code text} or {@code digest} for the manifest itself or its digest in
     * hexadecimal, with a newline. The environment variable {@code BUSYBOX} is the path of a BusyBox; it is looked up
     * in {@code PATH} where the variable is unset. The script starts a handful of processes, however many files there
     * are, writes no file, and ends with a status other than 0 if anything cannot be read. For example
     * {@code /.bench/busybox sh /.bench/manifest.sh / digest}.
     */
    public static String script() {
        try (InputStream resource = TreeManifest.class.getResourceAsStream(SCRIPT_RESOURCE)) {
            if (resource == null) {
                throw new IllegalStateException(SCRIPT_RESOURCE + " is missing from the program's own files");
            }
            StringBuilder prune = new StringBuilder();
            for (String path : ENGINE_OWNED) {
                prune.append(prune.isEmpty() ? "" : " -o ").append("-path .").append(path);
            }
            return new String(resource.readAllBytes(), ISO_8859_1).replace("@ENGINE_OWNED@", prune);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Returns the digest of the tree, in hexadecimal: SHA-256 of a listing that says the same as the text and that BusyBox
     * writes by itself. A line for every path, {@code stat -c '%f %u %g %t %T %N'}, then a line of {@code sha256sum} for
     * every file.
     */
    public String digest() {
        StringBuilder paths = new StringBuilder(text.length());
        StringBuilder contents = new StringBuilder(text.length());
        for (String line : text.lines().toList()) {
            String[] fields = line.split("\t", -1);
            String name = "." + unescape(fields[0]);
            String type = fields[1];
            int mode = typeBits(type) | Integer.parseInt(fields[2], 8);
            String device = type.equals("character") || type.equals("block") ? fields[5] : "0:0";
            int colon = device.indexOf(':');
            paths.append(Integer.toHexString(mode))
                    .append(' ')
                    .append(fields[3])
                    .append(' ')
                    .append(fields[4])
                    .append(' ')
                    .append(Integer.toHexString(Integer.parseInt(device.substring(0, colon))))
                    .append(' ')
                    .append(Integer.toHexString(Integer.parseInt(device.substring(colon + 1))))
                    .append(' ');
            if (type.equals("link")) {
                paths.append('\'')
                        .append(name)
                        .append("' -> '")
                        .append(unescape(fields[5]))
                        .append("'\n");
            } else {
                paths.append(name).append('\n');
            }
            if (type.equals("file")) {
                contents.append(fields[6]).append("  ").append(name).append('\n');
            }
        }
        return Sha256.of(paths.append(contents).toString().getBytes(ISO_8859_1));
    }

    /**
     * Is a file of a tree.
     *
     * @param path absolute within the tree
     */
    public record SizedFile(String path, long bytes) {}

    /**
     * Returns the largest regular file that suits, the first by path where there are several; of those whose path has to be
     * escaped, and of empty ones, none is taken.
     *
     * @param manifest of the tree
     */
    public static Optional<SizedFile> largest(Path manifest, Predicate<SizedFile> suits) throws IOException {
        try (Stream<String> lines = Files.lines(manifest, ISO_8859_1)) {
            return lines.filter(line -> line.indexOf('\\') < 0)
                    .map(line -> line.split("\t", -1))
                    .filter(fields -> fields.length > 5 && fields[1].equals("file"))
                    .map(fields -> new SizedFile(fields[0], Long.parseLong(fields[5])))
                    .filter(file -> file.bytes() > 0 && suits.test(file))
                    .max(Comparator.comparingLong(SizedFile::bytes)
                            .thenComparing(SizedFile::path, Comparator.reverseOrder()));
        }
    }

    /**
     * Returns the regular files that execute as their owner whoever executes them, in path order, as the manifest writes them.
     *
     * @param manifest of the tree
     */
    public static List<String> setUserId(Path manifest) throws IOException {
        try (Stream<String> lines = Files.lines(manifest, ISO_8859_1)) {
            return lines.map(line -> line.split("\t", -1))
                    .filter(fields -> fields.length > 5 && fields[1].equals("file"))
                    .filter(fields -> (Integer.parseInt(fields[2], 8) & SET_USER_ID) != 0)
                    .map(fields -> fields[0])
                    .toList();
        }
    }

    private static int typeBits(String type) {
        return switch (type) {
            case "file" -> PosixFiles.REGULAR;
            case "directory" -> PosixFiles.DIRECTORY;
            case "link" -> PosixFiles.SYMBOLIC_LINK;
            case "character" -> PosixFiles.CHARACTER_DEVICE;
            case "block" -> PosixFiles.BLOCK_DEVICE;
            case "fifo" -> PosixFiles.FIFO;
            default -> PosixFiles.SOCKET;
        };
    }

    /**
     * Describes the first path, in path order, in which two manifests differ.
     *
     * @return one sentence without a full stop, in which the manifests are called by their names; null if they are equal
     */
    public static @Nullable String firstDifference(String leftName, String left, String rightName, String right) {
        String said = firstMessage(leftName, left);
        said = said == null ? firstMessage(rightName, right) : said;
        if (said != null) {
            return said;
        }
        Map<String, String> leftLines = byPath(left);
        Map<String, String> rightLines = byPath(right);
        TreeMap<String, String> all = new TreeMap<>(rightLines);
        all.putAll(leftLines);
        for (String path : all.keySet()) {
            String leftLine = leftLines.get(path);
            String rightLine = rightLines.get(path);
            if (leftLine == null || rightLine == null) {
                return path + " is in " + (leftLine == null ? rightName : leftName) + " and not in "
                        + (leftLine == null ? leftName : rightName);
            }
            if (!leftLine.equals(rightLine)) {
                return path + " differs: " + fieldDifference(leftName, leftLine, rightName, rightLine);
            }
        }
        return null;
    }

    /** Describes the first path in which two manifests differ, calling them {@code the first} and {@code the second}. */
    public static @Nullable String firstDifference(String left, String right) {
        return firstDifference("the first", left, "the second", right);
    }

    private static String fieldDifference(String leftName, String left, String rightName, String right) {
        String[] leftFields = left.split("\t", -1);
        String[] rightFields = right.split("\t", -1);
        List<String> names = new ArrayList<>(List.of("path", "type", "mode", "uid", "gid"));
        names.addAll(
                switch (leftFields.length > 1 ? leftFields[1] : "") {
                    case "file" -> List.of("size", "SHA-256 of the content");
                    case "link" -> List.of("target");
                    case "character", "block" -> List.of("device");
                    default -> List.<String>of();
                });
        for (int i = 0; i < Math.min(leftFields.length, rightFields.length) && i < names.size(); i++) {
            if (!leftFields[i].equals(rightFields[i])) {
                return "%s %s in %s, %s in %s"
                        .formatted(names.get(i), leftFields[i], leftName, rightFields[i], rightName);
            }
        }
        return "'%s' in %s, '%s' in %s".formatted(left, leftName, right, rightName);
    }

    /** Returns what stands between the lines of a manifest, such as what a program said that could not read a file; else null. */
    private static @Nullable String firstMessage(String name, String manifest) {
        return manifest.lines()
                .filter(line -> line.indexOf('\t') < 0 && !line.isBlank())
                .findFirst()
                .map(line -> name + " cannot be listed: " + line.strip())
                .orElse(null);
    }

    private static Map<String, String> byPath(String manifest) {
        Map<String, String> lines = new TreeMap<>();
        manifest.lines().forEach(line -> lines.put(line.substring(0, Math.max(0, line.indexOf('\t'))), line));
        return lines;
    }

    private static void collect(String root, String directory, List<String> paths) throws IOException {
        for (String name : PosixFiles.list(root + directory)) {
            String path = directory + "/" + name;
            if (ENGINE_OWNED.contains(path)) {
                continue;
            }
            paths.add(path);
            if (PosixFiles.status(root + path).isDirectory()) {
                collect(root, path, paths);
            }
        }
    }

    private static String line(String root, String path) {
        try {
            PosixFiles.Status status = PosixFiles.status(root + path);
            String common = "\t" + Integer.toOctalString(status.permissions()) + "\t"
                    + Integer.toUnsignedString(status.uid()) + "\t" + Integer.toUnsignedString(status.gid());
            String device = "\t" + status.deviceMajor() + ":" + status.deviceMinor();
            String rest = switch (status.type()) {
                case PosixFiles.REGULAR -> "file" + common + "\t" + status.size() + "\t" + contentDigest(root + path);
                case PosixFiles.DIRECTORY -> "directory" + common;
                case PosixFiles.SYMBOLIC_LINK -> "link" + common + "\t" + escape(PosixFiles.readLink(root + path));
                case PosixFiles.CHARACTER_DEVICE -> "character" + common + device;
                case PosixFiles.BLOCK_DEVICE -> "block" + common + device;
                case PosixFiles.FIFO -> "fifo" + common;
                default -> "socket" + common;
            };
            return escape(path) + "\t" + rest + "\n";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String contentDigest(String file) throws IOException {
        MessageDigest digest = Sha256.begin();
        Memory memory = BUFFER.get();
        byte[] bytes = BYTES.get();
        try (PosixFiles.Content content = PosixFiles.read(file)) {
            for (int count = content.read(memory); count > 0; count = content.read(memory)) {
                memory.read(0, bytes, 0, count);
                digest.update(bytes, 0, count);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static final ThreadLocal<Memory> BUFFER = ThreadLocal.withInitial(() -> new Memory(READ_BYTES));
    private static final ThreadLocal<byte[]> BYTES = ThreadLocal.withInitial(() -> new byte[READ_BYTES]);

    /** Writes a byte string in printable ASCII. */
    static String escape(String byteString) {
        StringBuilder escaped = new StringBuilder(byteString.length());
        for (int i = 0; i < byteString.length(); i++) {
            char c = byteString.charAt(i);
            if (c < ' ' || c > '~' || c == '\\') {
                escaped.append('\\')
                        .append((char) ('0' + (c >> 6)))
                        .append((char) ('0' + (c >> 3 & 7)))
                        .append((char) ('0' + (c & 7)));
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }

    private static String unescape(String escaped) {
        StringBuilder byteString = new StringBuilder(escaped.length());
        for (int i = 0; i < escaped.length(); i++) {
            char c = escaped.charAt(i);
            if (c == '\\') {
                c = (char) Integer.parseInt(escaped.substring(i + 1, i + 4), 8);
                i += 3;
            }
            byteString.append(c);
        }
        return byteString.toString();
    }
}
