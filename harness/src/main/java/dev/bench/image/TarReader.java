package dev.bench.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a tar archive with its names and extended attributes byte for byte.
 *
 * <p>General tar libraries decode PAX records as UTF-8, which destroys binary values such as
 * {@code security.capability} and names in any other encoding. Reads ustar, GNU (long names, old sparse) and PAX
 * (all record kinds that images use, sparse 0.1 and 1.0). For use by one thread.
 */
final class TarReader {
    private static final int BLOCK = 512;
    private static final int LARGEST_EXTENSION =
            1 << 20; // of one entry; Go's reader, and so every engine, takes no more
    private static final int MOST_GLOBALS = 256;
    private static final int MOST_SEGMENTS = 1 << 17;
    private static final int MOST_DIGITS = 20;
    private static final String DAMAGED_MAP = "the map of a sparse file is damaged";
    private static final String XATTR = "SCHILY.xattr.";

    private final InputStream in;
    private final Map<String, String> globals = new LinkedHashMap<>();
    private long position;
    private long remaining;
    private long padding;

    /**
     * Describes one entry. All strings are byte strings.
     *
     * @param type the header's type flag; a plain file is always {@code '0'}
     * @param size bytes of content, holes included
     * @param dataOffset where the content starts in the archive
     * @param segments the parts of a sparse file that are stored; null for an ordinary file
     */
    record Entry(
            String name,
            char type,
            int mode,
            int uid,
            int gid,
            long size,
            long seconds,
            int nanos,
            String linkName,
            int deviceMajor,
            int deviceMinor,
            Map<String, byte[]> attributes,
            long dataOffset,
            @Nullable List<Segment> segments) {}

    /** A stored part of a sparse file. */
    record Segment(long offset, long length) {}

    TarReader(InputStream in) {
        this.in = in;
    }

    /** Moves to the next entry, past what is left of this one's content; returns null after the last. */
    @Nullable
    Entry next() throws IOException {
        skipContent();
        Map<String, String> pax = new LinkedHashMap<>(globals);
        String longName = null;
        String longLink = null;
        long extensions = 0;
        while (true) {
            byte[] header = new byte[BLOCK];
            if (!fill(header) || isZero(header)) {
                return null;
            }
            verifyChecksum(header);
            char type = (char) (header[156] & 0xff);
            long size = number(header, 124, 12);
            if ("xgLK".indexOf(type) >= 0) {
                if (size < 0) {
                    throw new IOException("the archive has a header of " + size + " bytes");
                }
                extensions += Math.min(size, LARGEST_EXTENSION) + BLOCK;
                if (extensions > LARGEST_EXTENSION) {
                    throw new IOException(
                            "the archive has more than " + LARGEST_EXTENSION + " bytes of headers for one entry");
                }
            }
            switch (type) {
                case 'x' -> parsePax(extension(size), pax);
                case 'g' -> {
                    parsePax(extension(size), globals);
                    if (globals.size() > MOST_GLOBALS) {
                        throw new IOException("the archive has more than " + MOST_GLOBALS + " global PAX records");
                    }
                    pax.putAll(globals);
                }
                case 'L' -> longName = cString(extension(size), 0, (int) size);
                case 'K' -> longLink = cString(extension(size), 0, (int) size);
                default -> {
                    return entry(header, type, size, pax, longName, longLink);
                }
            }
        }
    }

    /** Reads content of the present entry as stored; returns -1 at its end. */
    int read(byte[] buffer, int offset, int length) throws IOException {
        if (remaining == 0) {
            return -1;
        }
        int count = in.read(buffer, offset, (int) Math.min(length, remaining));
        if (count < 0) {
            throw new EOFException("the archive is cut short");
        }
        remaining -= count;
        position += count;
        return count;
    }

    /** Returns the number of archive bytes read so far. */
    long position() {
        return position;
    }

    private Entry entry(
            byte[] header,
            char rawType,
            long headerSize,
            Map<String, String> pax,
            @Nullable String longName,
            @Nullable String longLink)
            throws IOException {
        String name = cString(header, 0, 100);
        boolean posix = header[257] == 'u' && header[262] == 0;
        if (posix && header[345] != 0) {
            name = cString(header, 345, 155) + "/" + name;
        }
        name = firstNonNull(pax.get("GNU.sparse.name"), pax.get("path"), longName, name);
        String link = firstNonNull(pax.get("linkpath"), longLink, cString(header, 157, 100));
        char type = rawType == 0 || rawType == '7' ? '0' : rawType;
        if (type == '0' && name.endsWith("/")) {
            type = '5'; // what tar wrote before it had directories
        }
        String paxSize = pax.get("size");
        long stored = paxSize == null ? headerSize : decimal(paxSize);
        if (type >= '1' && type <= '6') {
            stored = 0;
        }
        Map<String, byte[]> attributes = new LinkedHashMap<>();
        pax.forEach((key, value) -> {
            if (key.startsWith(XATTR)) {
                attributes.put(key.substring(XATTR.length()), value.getBytes(ISO_8859_1));
            }
        });
        long seconds = number(header, 136, 12);
        int nanos = 0;
        String time = pax.get("mtime");
        if (time != null) {
            int dot = time.indexOf('.');
            seconds = decimal(dot < 0 ? time : time.substring(0, dot));
            if (dot >= 0) {
                nanos = (int) decimal((time.substring(dot + 1) + "000000000").substring(0, 9));
                if (time.startsWith("-") && nanos > 0) {
                    seconds--;
                    nanos = 1_000_000_000 - nanos;
                }
            }
        }
        if (stored < 0) {
            throw new IOException("the archive has a damaged header: the entry " + TreeManifest.escape(name) + " has "
                    + stored + " bytes");
        }
        remaining = stored;
        padding = (BLOCK - stored % BLOCK) % BLOCK;
        long size = stored;
        List<Segment> segments = null;
        if (type == 'S') {
            type = '0';
            size = number(header, 483, 12);
            segments = oldSparseSegments(header);
        } else if (pax.containsKey("GNU.sparse.major") || pax.containsKey("GNU.sparse.map")) {
            size = decimal(firstNonNull(pax.get("GNU.sparse.realsize"), pax.get("GNU.sparse.size"), "0"));
            String map = pax.get("GNU.sparse.map");
            segments = map == null ? storedSegments() : segments(List.of(map.split(",", -1)));
        } else if (pax.containsKey("GNU.sparse.size")) {
            throw new IOException("the sparse file " + TreeManifest.escape(name) + " is in a format no longer in use");
        }
        String paxUid = pax.get("uid");
        String paxGid = pax.get("gid");
        return new Entry(
                name,
                type,
                (int) number(header, 100, 8) & 07777,
                (int) (paxUid == null ? number(header, 108, 8) : decimal(paxUid)),
                (int) (paxGid == null ? number(header, 116, 8) : decimal(paxGid)),
                size,
                seconds,
                nanos,
                link,
                (int) number(header, 329, 8),
                (int) number(header, 337, 8),
                attributes,
                position,
                segments);
    }

    private List<Segment> oldSparseSegments(byte[] header) throws IOException {
        List<Segment> segments = new ArrayList<>();
        byte[] block = header;
        int start = 386;
        int count = 4;
        boolean extended = header[482] != 0;
        while (true) {
            for (int i = 0; i < count; i++) {
                int at = start + 24 * i;
                if (block[at] == 0) {
                    break;
                }
                segments.add(new Segment(number(block, at, 12), number(block, at + 12, 12)));
            }
            checkSegments(segments.size());
            if (!extended) {
                return segments;
            }
            block = new byte[BLOCK];
            if (!fill(block)) {
                throw new EOFException("the archive is cut short");
            }
            start = 0;
            count = 21;
            extended = block[504] != 0;
        }
    }

    /** Reads the map that PAX sparse format 1.0 puts before the content: numbers, one a line, padded to a block. */
    private List<Segment> storedSegments() throws IOException {
        List<String> numbers = new ArrayList<>();
        StringBuilder number = new StringBuilder();
        long wanted = 1;
        while (numbers.size() < wanted) {
            byte[] block = new byte[BLOCK];
            for (int done = 0; done < BLOCK; ) {
                int count = read(block, done, BLOCK - done);
                if (count < 0) {
                    throw new EOFException("the map of a sparse file is cut short");
                }
                done += count;
            }
            for (int i = 0; i < BLOCK && numbers.size() < wanted; i++) {
                if (block[i] != '\n') {
                    number.append((char) block[i]);
                    if (number.length() > MOST_DIGITS) {
                        throw new IOException(DAMAGED_MAP);
                    }
                    continue;
                }
                numbers.add(number.toString());
                number.setLength(0);
                if (numbers.size() == 1) {
                    long count = decimal(numbers.get(0));
                    if (count < 0) {
                        throw new IOException(DAMAGED_MAP);
                    }
                    checkSegments(count);
                    wanted = 1 + 2 * count;
                }
            }
        }
        return segments(numbers.subList(1, numbers.size()));
    }

    private static void checkSegments(long count) throws IOException {
        if (count > MOST_SEGMENTS) {
            throw new IOException("the archive has a sparse file of more than " + MOST_SEGMENTS + " parts");
        }
    }

    private static List<Segment> segments(List<String> numbers) throws IOException {
        List<Segment> segments = new ArrayList<>();
        for (int i = 0; i + 1 < numbers.size(); i += 2) {
            segments.add(new Segment(decimal(numbers.get(i)), decimal(numbers.get(i + 1))));
        }
        return segments;
    }

    private void skipContent() throws IOException {
        long rest = remaining + padding;
        position += rest;
        remaining = 0;
        padding = 0;
        in.skipNBytes(rest);
    }

    private byte[] extension(long size) throws IOException {
        byte[] content = in.readNBytes((int) size);
        long pad = (BLOCK - size % BLOCK) % BLOCK;
        if (content.length < size) {
            throw new EOFException("the archive is cut short");
        }
        in.skipNBytes(pad);
        position += size + pad;
        return content;
    }

    private static void parsePax(byte[] records, Map<String, String> into) throws IOException {
        String text = new String(records, ISO_8859_1);
        int at = 0;
        while (at < text.length() && text.charAt(at) != 0) {
            int space = text.indexOf(' ', at);
            if (space < 0) {
                throw new IOException("the archive has a damaged PAX header");
            }
            int end = at + (int) decimal(text.substring(at, space));
            int equals = text.indexOf('=', space);
            if (end > text.length() || end <= space || equals < 0 || equals >= end) {
                throw new IOException("the archive has a damaged PAX header");
            }
            String key = text.substring(space + 1, equals);
            String value = text.substring(equals + 1, end - 1);
            if (value.isEmpty() && !key.startsWith(XATTR)) {
                into.remove(key); // an empty value takes a global one back
            } else {
                into.put(key, value);
            }
            at = end;
        }
    }

    private boolean fill(byte[] block) throws IOException {
        int count = in.readNBytes(block, 0, block.length);
        position += count;
        if (count != 0 && count != block.length) {
            throw new EOFException("the archive is cut short");
        }
        return count != 0;
    }

    private static boolean isZero(byte[] block) {
        for (byte b : block) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    private static void verifyChecksum(byte[] header) throws IOException {
        long sum = 0;
        for (int i = 0; i < BLOCK; i++) {
            sum += i >= 148 && i < 156 ? ' ' : header[i] & 0xff;
        }
        String stated = cString(header, 148, 8).trim();
        if (!stated.matches("[0-7]{1,8}") || sum != Long.parseLong(stated, 8)) {
            throw new IOException("it is not a tar archive, or a damaged one");
        }
    }

    private static long number(byte[] header, int offset, int length) throws IOException {
        if ((header[offset] & 0x80) != 0) {
            // GNU base 256, big endian, two's complement in the bits after the first
            long value = (header[offset] & 0x40) != 0 ? -1 : 0;
            value = value << 6 | (header[offset] & 0x3f);
            for (int i = 1; i < length; i++) {
                value = value << 8 | (header[offset + i] & 0xff);
            }
            return value;
        }
        String digits = cString(header, offset, length).trim();
        try {
            return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
        } catch (NumberFormatException e) {
            throw new IOException(
                    "the archive has a damaged header: '" + TreeManifest.escape(digits) + "' is no number", e);
        }
    }

    private static long decimal(String digits) throws IOException {
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException e) {
            throw new IOException(
                    "the archive has a damaged header: '" + TreeManifest.escape(digits) + "' is no number", e);
        }
    }

    private static String cString(byte[] bytes, int offset, int length) {
        int end = offset;
        while (end < offset + length && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, offset, end - offset, ISO_8859_1);
    }

    private static String firstNonNull(@Nullable String... candidates) {
        for (String candidate : candidates) {
            if (candidate != null) {
                return candidate;
            }
        }
        throw new IllegalArgumentException("nothing but nulls");
    }
}
