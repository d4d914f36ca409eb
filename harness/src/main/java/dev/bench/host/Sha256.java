package dev.bench.host;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Computes SHA-256 digests. Stateless. */
public final class Sha256 {
    private static final int READ_BYTES = 1 << 20;

    private Sha256() {}

    /** Returns a new computation, for use by one thread. */
    public static MessageDigest begin() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Returns a digest in hexadecimal. */
    public static String of(byte[] content) {
        return HexFormat.of().formatHex(begin().digest(content));
    }

    /** Returns the digest of a text in UTF-8, in hexadecimal. */
    public static String of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the digest of a file's content, in hexadecimal; reads it all. */
    public static String of(Path file) throws IOException {
        MessageDigest digest = begin();
        ByteBuffer buffer = ByteBuffer.allocateDirect(READ_BYTES);
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            while (channel.read(buffer) >= 0) {
                digest.update(buffer.flip());
                buffer.clear();
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
