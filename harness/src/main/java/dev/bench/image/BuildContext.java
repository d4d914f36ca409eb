package dev.bench.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.zip.Deflater;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;

/**
 * Packs what {@code docker build} sends an engine: the files of a directory that its {@code .dockerignore}, or its
 * {@code Dockerfile.dockerignore} in place of that, does not leave out.
 */
public final class BuildContext {
    private static final String DOCKERFILE = "Dockerfile";
    private static final int BUFFER = 1 << 16;
    private static final String IGNORE = ".dockerignore";

    private final Path directory;
    private final String dockerfile;
    private final IgnorePatterns patterns;

    /**
     * Looks at a directory.
     *
     * @throws IOException if its patterns cannot be read or are malformed
     */
    public BuildContext(Path directory) throws IOException {
        this(directory, DOCKERFILE);
    }

    /**
     * Looks at a directory that is built by a file of another name.
     *
     * @param dockerfile its path, relative to the directory
     * @throws IOException if its patterns cannot be read or are malformed
     */
    public BuildContext(Path directory, String dockerfile) throws IOException {
        this.directory = directory;
        this.dockerfile = dockerfile;
        Path own = directory.resolve(dockerfile + IGNORE);
        Path file = Files.isRegularFile(own) ? own : directory.resolve(IGNORE);
        this.patterns =
                new IgnorePatterns(Files.isRegularFile(file) ? new String(Files.readAllBytes(file), UTF_8) : "");
    }

    /**
     * Tells whether the Dockerfile is for the engine only, and must not be seen by the build's own {@code COPY}; that is done
     * by the engine's classic builder, which removes what the archive's {@code .dockerignore} names.
     */
    public boolean hidesDockerfile() {
        return patterns.leavesOut(dockerfile);
    }

    /**
     * Tells whether a file is left out.
     *
     * @param name relative to the directory
     */
    public boolean leavesOut(String name) {
        return patterns.leavesOut(name);
    }

    /**
     * Writes the context as a tar in gzip's format, without which BuildKit would take some archives for a Dockerfile. Nothing
     * is compressed, which takes longer than it saves on the way to an engine of this host.
     */
    public void writeGzip(OutputStream out) throws IOException {
        GzipParameters stored = new GzipParameters();
        stored.setCompressionLevel(Deflater.NO_COMPRESSION);
        write(new GzipCompressorOutputStream(new BufferedOutputStream(out, BUFFER), stored));
    }

    /** Writes the context as a tar, all owned by root. */
    public void write(OutputStream out) throws IOException {
        try (TarArchiveOutputStream tar =
                new TarArchiveOutputStream(new BufferedOutputStream(out, BUFFER), UTF_8.name())) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
            tar.setAddPaxHeadersForNonAsciiNames(true);
            if (hidesDockerfile()) {
                put(tar, dockerfile, directory.resolve(dockerfile).toRealPath());
                if (patterns.leavesOut(IGNORE) || !Files.exists(directory.resolve(IGNORE))) {
                    byte[] both = (dockerfile + "\n" + IGNORE + "\n").getBytes(UTF_8);
                    TarArchiveEntry entry = new TarArchiveEntry(IGNORE);
                    entry.setSize(both.length);
                    tar.putArchiveEntry(entry);
                    tar.write(both);
                    tar.closeArchiveEntry();
                }
            }
            visit(directory, "", (name, file) -> put(tar, name, file));
        }
    }

    /** Returns the regular files that reach a build, relative to the directory, with slashes. */
    public SortedSet<String> files() throws IOException {
        SortedSet<String> names = new TreeSet<>();
        visit(directory, "", (name, file) -> {
            if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                names.add(name);
            }
        });
        return names;
    }

    /** Takes one file or directory of the context. */
    private interface Visitor {
        void visit(String name, Path file) throws IOException;
    }

    private void visit(Path from, String prefix, Visitor visitor) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(from)) {
            stream.forEach(files::add);
        }
        files.sort(null);
        for (Path file : files) {
            String name = prefix + file.getFileName();
            boolean isDirectory = Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS);
            if (!patterns.leavesOut(name)) {
                visitor.visit(name, file);
            } else if (!isDirectory || !patterns.mayTakeInBelow(name)) {
                continue;
            }
            if (isDirectory) {
                visit(file, name + "/", visitor);
            }
        }
    }

    private static void put(TarArchiveOutputStream tar, String name, Path file) throws IOException {
        TarArchiveEntry entry;
        boolean regular = Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
        if (Files.isSymbolicLink(file)) {
            entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
            entry.setLinkName(Files.readSymbolicLink(file).toString());
        } else if (Files.isDirectory(file)) {
            entry = new TarArchiveEntry(name + "/");
        } else if (regular) {
            entry = new TarArchiveEntry(name);
            entry.setSize(Files.size(file));
        } else {
            return; // sockets and the like
        }
        if (!Files.isSymbolicLink(file)) {
            entry.setMode((Integer) Files.getAttribute(file, "unix:mode") & 07777);
        }
        entry.setModTime(Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS));
        entry.setIds(0, 0);
        entry.setNames("", "");
        tar.putArchiveEntry(entry);
        if (regular) {
            Files.copy(file, tar);
        }
        tar.closeArchiveEntry();
    }
}
