package dev.bench.guest;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes an archive in the format the kernel unpacks (Linux Documentation/driver-api/early-userspace/buffer-format.rst). */
final class CpioArchive {
    private static final int DIRECTORY = 0040000;
    private static final int FILE = 0100000;
    private static final int CHARACTER_DEVICE = 0020000;

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private int inode = 1;

    CpioArchive directory(String path) {
        return entry(path, DIRECTORY | 0755, 0, 0, new byte[0]);
    }

    CpioArchive file(String path, int permissions, byte[] content) {
        return entry(path, FILE | permissions, 0, 0, content);
    }

    CpioArchive characterDevice(String path, int major, int minor) {
        return entry(path, CHARACTER_DEVICE | 0600, major, minor, new byte[0]);
    }

    byte[] toBytes() {
        entry("TRAILER!!!", 0, 0, 0, new byte[0]);
        return output.toByteArray();
    }

    private CpioArchive entry(String path, int mode, int major, int minor, byte[] content) {
        byte[] name = (path + "\0").getBytes(StandardCharsets.UTF_8);
        String header = String.format(
                "070701%08x%08x%08x%08x%08x%08x%08x%08x%08x%08x%08x%08x%08x",
                inode++, mode, 0, 0, 1, 0, content.length, 0, 0, major, minor, name.length, 0);
        output.writeBytes(header.getBytes(StandardCharsets.US_ASCII));
        output.writeBytes(name);
        pad();
        output.writeBytes(content);
        pad();
        return this;
    }

    private void pad() {
        while (output.size() % 4 != 0) {
            output.write(0);
        }
    }
}
