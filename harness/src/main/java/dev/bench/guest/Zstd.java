package dev.bench.guest;

import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Compresses disks, and unpacks them, at the level that the program of this name has by default. */
public final class Zstd {
    private static final int LEVEL = 3;

    private Zstd() {}

    /** Returns a stream that compresses into another; closing it closes that. */
    public static OutputStream compress(OutputStream packed) throws IOException {
        return new ZstdOutputStream(packed, LEVEL);
    }

    /** Returns a stream of what another holds compressed; closing it closes that. */
    public static InputStream unpack(InputStream packed) throws IOException {
        return new ZstdInputStream(packed);
    }
}
