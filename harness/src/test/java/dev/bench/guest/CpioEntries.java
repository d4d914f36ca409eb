package dev.bench.guest;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads archives in the way the kernel does (Linux Documentation/driver-api/early-userspace/buffer-format.rst). */
final class CpioEntries {
    private static final int HEADER = 110;

    private CpioEntries() {}

    /** Holds one entry. */
    @SuppressWarnings("ArrayRecordComponent")
    record Entry(long inode, int mode, int major, int minor, byte[] content) {
        String text() {
            return new String(content, StandardCharsets.UTF_8);
        }
    }

    /** Reads archives that follow one another; an entry of a later one replaces that of an earlier one. */
    static Map<String, Entry> read(byte[] bytes) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        int at = 0;
        boolean ended = true;
        while (at < bytes.length) {
            if (ended && bytes[at] == 0) {
                at++;
                continue;
            }
            if (at % 4 != 0 || !text(bytes, at, 6).equals("070701")) {
                throw new IllegalArgumentException("no header at " + at);
            }
            int size = field(bytes, at, 6);
            int nameSize = field(bytes, at, 11);
            if (bytes[at + HEADER + nameSize - 1] != 0) {
                throw new IllegalArgumentException("a name without an end at " + at);
            }
            String name = text(bytes, at + HEADER, nameSize - 1);
            int from = align(at + HEADER + nameSize);
            byte[] content = new byte[size];
            System.arraycopy(bytes, from, content, 0, size);
            ended = name.equals("TRAILER!!!");
            if (!ended) {
                entries.put(
                        name,
                        new Entry(
                                field(bytes, at, 0),
                                field(bytes, at, 1),
                                field(bytes, at, 9),
                                field(bytes, at, 10),
                                content));
            }
            at = align(from + size);
        }
        if (!ended) {
            throw new IllegalArgumentException("an archive without a trailer");
        }
        return entries;
    }

    private static int field(byte[] bytes, int header, int number) {
        return Integer.parseInt(text(bytes, header + 6 + 8 * number, 8), 16);
    }

    private static String text(byte[] bytes, int from, int length) {
        return new String(bytes, from, length, StandardCharsets.UTF_8);
    }

    private static int align(int position) {
        return (position + 3) & ~3;
    }
}
