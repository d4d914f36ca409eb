package dev.bench.image;

import dev.bench.host.Sha256;

/** Names images in a container engine. */
public final class ImageTag {
    private static final String OWN = "bench-image:";
    private static final int DIGITS = 16;

    private ImageTag() {}

    /** Returns the engine's name of an image with a configuration. */
    public static String of(byte[] config) {
        return of(Sha256.of(config));
    }

    /** Returns the engine's name of an image by the digest of its configuration, in hexadecimal. */
    static String of(String digest) {
        return OWN + digest.substring(0, DIGITS);
    }
}
