package dev.bench.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bench.host.Sha256;
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
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Lays the content of a directory over a layer. */
public final class FileLayer {
    private static final int MOST_LINKS = 40;

    private FileLayer() {}

    /**
     * Adds a directory's content to a layer, through the symbolic links that the layer has for directories; owned by root.
     *
     * @param seconds since 1970, the time of everything that is added
     */
    public static void append(Path files, Path layer, long seconds) throws IOException {
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
                    append(files, file, seconds, entries, tar);
                }
            }
        }
    }

    private static void append(
            Path root, Path file, long seconds, Map<String, TarReader.Entry> entries, TarArchiveOutputStream tar)
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
        entry.setModTime(Date.from(Instant.ofEpochSecond(seconds)));
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

    /**
     * Returns a digest of a directory's content: names, kinds, links, what may be executed, and bytes.
     *
     * @throws IOException if there is no such directory, or it cannot be read
     */
    public static String digest(Path files) throws IOException {
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
