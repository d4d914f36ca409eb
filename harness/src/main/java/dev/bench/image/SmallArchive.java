package dev.bench.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Makes archives of a few files of root's, in memory. */
public final class SmallArchive {
    private static final int PROGRAM = 0100755;
    private static final int FILE = 0100644;

    private SmallArchive() {}

    /**
     * Returns an uncompressed tar that anybody may read.
     *
     * @param files contents by path
     * @param programs the directory whose files may be executed
     */
    public static byte[] of(Map<String, byte[]> files, String programs) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream archive = new TarArchiveOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                TarArchiveEntry entry = new TarArchiveEntry(file.getKey());
                entry.setSize(file.getValue().length);
                entry.setMode(file.getKey().startsWith(programs + "/") ? PROGRAM : FILE);
                entry.setModTime(0);
                archive.putArchiveEntry(entry);
                archive.write(file.getValue());
                archive.closeArchiveEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to memory", e);
        }
        return bytes.toByteArray();
    }
}
