package dev.bench.image;

import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.MemoryLimitException;
import org.apache.commons.io.input.ProxyInputStream;

/**
 * Counts what an image's archive unpacks to, and refuses what no image holds: more than {@value #RATIO} times its own
 * size and more than a gibibyte.
 *
 * <p>A few megabytes of gzip can stand for gigabytes, a few of zstd, a sparse file or a thousand hard links for
 * terabytes, which would fill the disk or be read for hours. Images of programs and texts unpack to three to ten times
 * their size. For use by one thread.
 */
final class UnpackingLimit {
    /** How many times its own size an archive may unpack to. */
    static final int RATIO = 100;

    /** What the library for zstd says, which has no type of its own for it. */
    private static final String WINDOW_TOO_LARGE = "Frame requires too much memory";

    private static final long GIBIBYTE = 1L << 30;

    private final long most;
    private long taken;

    /**
     * Begins to count.
     *
     * @param archiveBytes size of what is unpacked
     */
    UnpackingLimit(long archiveBytes) {
        this.most = archiveBytes > Long.MAX_VALUE / RATIO ? Long.MAX_VALUE : Math.max(GIBIBYTE, RATIO * archiveBytes);
    }

    /**
     * Counts bytes, before they are written or read.
     *
     * @param bytes how many more; those of holes too, since they are read and sent like all others
     * @throws ExceededException if that is too much
     */
    void take(long bytes) throws ExceededException {
        if (Math.max(0, bytes) > most - taken) {
            throw new ExceededException("it unpacks to more than %.1f GiB, which is over %d times its own size"
                    .formatted((double) most / GIBIBYTE, RATIO));
        }
        taken += Math.max(0, bytes);
    }

    /** Returns a stream that counts what is read of it. */
    InputStream counted(InputStream in) {
        return new ProxyInputStream(in) {
            @Override
            protected void afterRead(int count) throws IOException {
                take(count);
            }

            @Override
            protected void handleIOException(IOException e) throws IOException {
                if (e instanceof MemoryLimitException) {
                    throw new IOException(
                            "decompressing it takes more memory than the " + ImageArchive.DECOMPRESSION_MEBIBYTES
                                    + " MiB that 'xz -9' needs",
                            e);
                }
                if (String.valueOf(e.getMessage()).startsWith(WINDOW_TOO_LARGE)) {
                    throw new IOException(
                            "decompressing it takes a window of more than the 128 MiB of 'zstd --long'; compress it"
                                    + " with less",
                            e);
                }
                throw e;
            }

            @Override
            public long skip(long count) throws IOException {
                long skipped = super.skip(count);
                take(skipped);
                return skipped;
            }

            @Override
            public boolean markSupported() {
                return false;
            }
        };
    }

    /** Reports an archive that unpacks to more than an image does. */
    static final class ExceededException extends IOException {
        private static final long serialVersionUID = 1L;

        ExceededException(String message) {
            super(message);
        }
    }
}
