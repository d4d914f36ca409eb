package dev.bench.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bench.host.Sha256;
import dev.bench.workload.ImageSource;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.jspecify.annotations.Nullable;

/**
 * Builds images of Debian with {@code mmdebstrap}: the packages that a suite calls essential, apt, and the wanted ones.
 *
 * <p>The mirrors are those that {@code mmdebstrap} itself takes for the suite. Two builds from the same packages give the
 * same image: times are clamped to {@link #EPOCH_SECONDS}.
 */
final class DebianBuilder {
    /** Counts changes of this class that change what it builds, so that no older result is taken for it. */
    static final int VERSION = 1;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long EPOCH_SECONDS = 1_700_000_000L;
    private static final Duration TIMEOUT = Duration.ofMinutes(20);
    private static final int MOST_LINKS = 40;

    private DebianBuilder() {}

    /**
     * Returns a string that is equal for two sources if and only if they ask for the same image.
     *
     * @throws IOException if the directory of files cannot be read
     */
    static String key(ImageSource.Debian source) throws IOException {
        return "debian " + VERSION + " " + source.suite() + " " + new TreeSet<>(source.packages()) + " "
                + filesDigest(source.files());
    }

    /**
     * Builds an image.
     *
     * @param archive file to write, in {@code docker save} format
     * @param scratch directory for the build, which apt's own user may enter
     * @throws IOException if the suite or a package does not exist, or the mirror cannot be reached
     */
    static void build(ImageSource.Debian source, Path archive, Path scratch) throws IOException {
        if (!source.suite().matches("[a-z][a-z0-9-]*")) {
            throw new IOException("'" + source.suite() + "' is no name of a Debian suite; such as bookworm is");
        }
        for (String name : source.packages()) {
            if (!name.matches("[a-z0-9][a-z0-9+.-]+(:[a-z0-9]+)?")) {
                throw new IOException("'" + name + "' is no name of a Debian package; such as nginx-light is");
            }
        }
        Path layer = scratch.resolve("layer.tar");
        List<String> argv = new ArrayList<>(List.of("mmdebstrap", "--variant=minbase", "--format=tar"));
        if (!source.packages().isEmpty()) {
            argv.add("--include=" + String.join(",", new TreeSet<>(source.packages())));
        }
        argv.add(source.suite());
        argv.add(layer.toString());
        ExternalTool.run(
                "mmdebstrap",
                TIMEOUT,
                Map.of("SOURCE_DATE_EPOCH", Long.toString(EPOCH_SECONDS), "TMPDIR", scratch.toString(), "LC_ALL", "C"),
                argv);
        Path files = source.files();
        if (files != null) {
            append(files, layer);
        }
        byte[] config = config(source, layer);
        ArchiveWriter.write(archive, config, List.of(ArchiveWriter.Layer.of(layer)), ImageStore.tag(config));
        Files.delete(layer);
    }

    private static byte[] config(ImageSource.Debian source, Path layer) throws IOException {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("created", Instant.ofEpochSecond(EPOCH_SECONDS).toString());
        String architecture = System.getProperty("os.arch");
        config.put("architecture", architecture.equals("aarch64") ? "arm64" : architecture);
        config.put("os", "linux");
        config.put(
                "config",
                Map.of("Env", List.of("PATH=" + RuntimeEnvironment.DEFAULT_PATH), "Cmd", List.of("/bin/bash")));
        config.put("rootfs", orderedMap("type", "layers", "diff_ids", List.of("sha256:" + Sha256.of(layer))));
        config.put(
                "history",
                List.of(orderedMap(
                        "created",
                        Instant.ofEpochSecond(EPOCH_SECONDS).toString(),
                        "created_by",
                        "bench: Debian " + source.suite() + " with " + new TreeSet<>(source.packages()))));
        return JSON.writeValueAsBytes(config);
    }

    private static Map<String, Object> orderedMap(String key1, Object value1, String key2, Object value2) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(key1, value1);
        map.put(key2, value2);
        return map;
    }

    /** Adds a directory's content to a layer, through the symbolic links that the layer has for directories. */
    private static void append(Path files, Path layer) throws IOException {
        Map<String, TarReader.Entry> entries = new HashMap<>();
        long end = 0;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(layer), 1 << 18)) {
            TarReader reader = new TarReader(in);
            for (TarReader.Entry entry = reader.next(); entry != null; entry = reader.next()) {
                entries.put(path(entry.name()), entry);
                end = (entry.dataOffset() + entry.size() + 511) / 512 * 512;
            }
        }
        try (FileChannel channel = FileChannel.open(layer, StandardOpenOption.WRITE)) {
            channel.truncate(end);
            channel.position(end);
            OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 18);
            try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out, UTF_8.name())) {
                tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
                tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
                tar.setAddPaxHeadersForNonAsciiNames(true);
                for (Path file : sorted(files)) {
                    append(files, file, entries, tar);
                }
            }
        }
    }

    private static void append(Path root, Path file, Map<String, TarReader.Entry> entries, TarArchiveOutputStream tar)
            throws IOException {
        String parent = "/";
        Path relative = root.relativize(file);
        for (int i = 0; i + 1 < relative.getNameCount(); i++) {
            parent = directory(parent, relative.getName(i).toString(), entries, MOST_LINKS);
        }
        String path = (parent.equals("/") ? "" : parent) + "/" + relative.getFileName();
        String name = path.substring(1);
        TarArchiveEntry entry;
        if (Files.isSymbolicLink(file)) {
            entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
            entry.setLinkName(Files.readSymbolicLink(file).toString());
        } else if (Files.isDirectory(file)) {
            String resolved = directory(parent, relative.getFileName().toString(), entries, MOST_LINKS);
            TarReader.Entry existing = entries.get(resolved);
            if (existing != null && existing.type() == '5') {
                return; // the suite's own directory keeps its mode and owner
            }
            entry = new TarArchiveEntry(resolved.substring(1) + "/");
            entry.setMode(0755);
        } else {
            entry = new TarArchiveEntry(name);
            entry.setMode(Files.isExecutable(file) ? 0755 : 0644);
            entry.setSize(Files.size(file));
        }
        entry.setModTime(Date.from(Instant.ofEpochSecond(EPOCH_SECONDS)));
        entry.setIds(0, 0);
        entry.setNames("root", "root");
        tar.putArchiveEntry(entry);
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            Files.copy(file, tar);
        }
        tar.closeArchiveEntry();
    }

    /** Returns where a directory of the files goes, given the links that the layer has. */
    private static String directory(String parent, String name, Map<String, TarReader.Entry> entries, int linksLeft)
            throws IOException {
        String path = (parent.equals("/") ? "" : parent) + "/" + name;
        TarReader.Entry entry = entries.get(path);
        if (entry == null || entry.type() != '2') {
            return path;
        }
        if (linksLeft == 0) {
            throw new IOException("the directory of files has " + path + ", which is a loop of links in the suite");
        }
        String resolved = "/";
        Path target = Path.of(parent).resolve(entry.linkName()).normalize();
        for (Path part : target) {
            resolved = directory(resolved, part.toString(), entries, linksLeft - 1);
        }
        return resolved;
    }

    private static String path(String entryName) {
        String name = entryName.startsWith("./") ? entryName.substring(1) : "/" + entryName;
        return name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
    }

    private static String filesDigest(@Nullable Path files) throws IOException {
        if (files == null) {
            return "-";
        }
        if (!Files.isDirectory(files)) {
            throw new IOException("there is no directory " + files + ", which the scenario names as the image's files");
        }
        MessageDigest digest = Sha256.begin();
        for (Path file : sorted(files)) {
            String kind = Files.isSymbolicLink(file)
                    ? "link " + Files.readSymbolicLink(file)
                    : Files.isDirectory(file)
                            ? "directory"
                            : "file " + Files.isExecutable(file) + " " + Sha256.of(file);
            digest.update((files.relativize(file) + "\0" + kind + "\0").getBytes(UTF_8));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static List<Path> sorted(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> !file.equals(directory)).sorted().toList();
        }
    }
}
