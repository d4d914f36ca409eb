package dev.bench.image;

import dev.bench.workload.PreparedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.GZIPOutputStream;

/** Finds out how large an image is compressed, which takes seconds once and is kept beside the image. */
public final class CompressedSize {
    private static final String ARCHIVE = "archive.tar";
    private static final String KEPT = "compressed-bytes";

    private CompressedSize() {}

    /**
     * Returns the size in bytes of the image's archive compressed with gzip, as registries hold layers.
     *
     * @throws IOException where the archive cannot be read or the size cannot be kept
     */
    public static long of(PreparedImage image) throws IOException {
        Path archive = image.disk().resolveSibling(ARCHIVE);
        Path kept = image.disk().resolveSibling(KEPT);
        if (Files.exists(kept)) {
            String text = Files.readString(kept).strip();
            if (text.matches("[0-9]{1,18}")) {
                return Long.parseLong(text);
            }
        }
        Counter counter = new Counter();
        try (GZIPOutputStream compressed = new GZIPOutputStream(counter, 1 << 16)) {
            Files.copy(archive, compressed);
        }
        Path part = image.disk().resolveSibling("." + KEPT + ".part");
        Files.writeString(part, Long.toString(counter.bytes));
        Files.move(part, kept, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return counter.bytes;
    }

    /** Counts what is written to it. */
    private static final class Counter extends OutputStream {
        private long bytes;

        @Override
        public void write(int value) {
            bytes++;
        }

        @Override
        public void write(byte[] buffer, int offset, int count) {
            bytes += count;
        }
    }
}
