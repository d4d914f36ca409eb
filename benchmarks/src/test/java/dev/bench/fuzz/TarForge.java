package dev.bench.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Writes tar archives field by field, right ones and those that no tar would write. All texts are byte strings. */
final class TarForge {
    /** Stands for the directory that nobody may touch. */
    static final String OUTSIDE = "@OUTSIDE@";

    /** Stands for the length of the content in octal digits. */
    private static final String RIGHT = "right";

    private static final String BASE_256 = "\u0080\0\0\0\0\0\0\0\u00ff\u00ff\u00ff\u00ff";
    private static final String NEGATIVE = "\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00fe";
    private static final int BLOCK = 512;

    private static final List<String> NAMES = List.of(
            "bin/sh",
            "bin",
            "bin/",
            "etc/passwd",
            "etc",
            "new/file",
            "new/",
            "",
            ".",
            "/",
            "./.",
            "..",
            "../x",
            "../../../../../outside/x",
            "a/../../x",
            "/../../../../../../../../../../../../" + OUTSIDE + "/x",
            OUTSIDE + "/x",
            OUTSIDE + "/canary",
            "out/x",
            "out/canary",
            "out/../canary",
            "up/x",
            "loop/x",
            "self",
            "chain/outside/canary",
            ".wh.bin",
            ".wh.out",
            "out/.wh.canary",
            "out/.wh..wh..opq",
            "up/.wh..wh..opq",
            "etc/.wh..wh..opq",
            ".wh..wh..opq",
            ".wh...",
            ".wh.",
            ".wh..",
            "dev/sda",
            "proc/x",
            "etc/hostname",
            "caf\u00e9",
            "line\nbreak",
            "tab\tescape\u001b[31m",
            "n".repeat(100),
            "nested/".repeat(14) + "x");

    private static final List<String> LONG_NAMES = List.of(
            "",
            "..",
            "../../x",
            OUTSIDE + "/x",
            "n".repeat(255),
            "n".repeat(256),
            "n".repeat(5000),
            "d/".repeat(300) + "x",
            "d/".repeat(2500) + "x",
            "nul\0here",
            "bin/sh");

    private static final List<String> LINKS = List.of(
            "bin/sh",
            "/bin/sh",
            "",
            ".",
            "..",
            "/",
            "../../../../../outside",
            OUTSIDE,
            OUTSIDE + "/canary",
            "out/canary",
            "up/canary",
            "self",
            "loop",
            "missing",
            "etc",
            "/proc/self/root",
            "/dev/zero",
            "l".repeat(100));

    private static final List<String> NUMBERS = List.of(
            RIGHT,
            RIGHT,
            RIGHT,
            "0",
            "1",
            "777",
            "77777777777",
            "00000010000",
            "-1",
            "-0000001000",
            "9",
            "x",
            " ",
            "",
            "\0\0\0",
            BASE_256,
            NEGATIVE,
            "\u0080\0\0\0\u007f\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff");

    private static final List<String> PAX_KEYS = List.of(
            "path",
            "linkpath",
            "size",
            "uid",
            "gid",
            "mtime",
            "atime",
            "charset",
            "GNU.sparse.major",
            "GNU.sparse.minor",
            "GNU.sparse.name",
            "GNU.sparse.realsize",
            "GNU.sparse.size",
            "GNU.sparse.map",
            "GNU.sparse.numblocks",
            "SCHILY.xattr.user.x",
            "SCHILY.xattr.security.capability",
            "SCHILY.xattr.trusted.overlay.opaque",
            "SCHILY.xattr.",
            "SCHILY.xattr.\u001b[31m",
            "",
            "x");

    private static final List<String> PAX_VALUES = List.of(
            "",
            "0",
            "1",
            "512",
            "-1",
            "-512",
            "1.5",
            "-1.5",
            "1.999999999999",
            ".",
            "x",
            "4294967296",
            "1099511627776",
            "9223372036854775807",
            "-9223372036854775808",
            "99999999999999999999",
            "0,1",
            "0,5,5",
            "-5,10",
            "9223372036854775807,9223372036854775807",
            "4,-2,0,2",
            "..",
            "../../x",
            OUTSIDE + "/x",
            OUTSIDE + "/canary",
            "bin/sh",
            "n".repeat(5000),
            "\0",
            "\u00ff\n");

    private TarForge() {}

    /**
     * Holds one entry.
     *
     * @param size the digits of its size, {@value #RIGHT} for those of its content
     * @param number digits in place of another field, see {@code field}
     * @param field which of mode, owner, group, time and device the number stands in; none from 5 on
     * @param checksum whether the checksum is right
     */
    record Entry(
            char type,
            String name,
            String link,
            String size,
            String number,
            int field,
            String content,
            Map<String, String> pax,
            boolean checksum) {
        static Entry of(char type, String name, String link, String content, Map<String, String> pax) {
            return new Entry(type, name, link, RIGHT, "0", 5, content, pax, true);
        }
    }

    /** Returns the entries of a small image that can run. */
    static List<Entry> sound() {
        return List.of(
                Entry.of('5', "bin/", "", "", Map.of()),
                Entry.of('0', "bin/sh", "", "#!", Map.of("SCHILY.xattr.user.x", "y", "mtime", "1600000000.25")),
                Entry.of('1', "bin/dash", "bin/sh", "", Map.of()),
                Entry.of('2', "up", "..", "", Map.of()),
                Entry.of('2', "out", OUTSIDE, "", Map.of()),
                Entry.of('2', "loop", "loop", "", Map.of()),
                Entry.of('2', "chain", "../../../../..", "", Map.of()),
                Entry.of('5', "etc/", "", "", Map.of()),
                Entry.of('0', "etc/passwd", "", "root:x:0:0::/root:/bin/sh\n", Map.of()));
    }

    /** Returns entries of any kind, most of which no image should hold. */
    static Arbitrary<Entry> hostile() {
        Arbitrary<Map<String, String>> pax = Arbitraries.frequencyOf(
                Tuple.of(2, Arbitraries.just(Map.of())),
                Tuple.of(
                        1,
                        Arbitraries.maps(Arbitraries.of(PAX_KEYS), Arbitraries.of(PAX_VALUES))
                                .ofMinSize(1)
                                .ofMaxSize(4)));
        return Combinators.combine(
                        Arbitraries.of(
                                '0', '0', '0', '1', '1', '2', '2', '3', '4', '5', '5', '6', '7', 'S', 'g', 'x', 'L',
                                'K', 'V', 'D', '\0', 'Z'),
                        Arbitraries.of(NAMES),
                        Arbitraries.of(LINKS),
                        Arbitraries.of(NUMBERS),
                        Arbitraries.of(NUMBERS),
                        Arbitraries.integers().between(0, 11),
                        Arbitraries.oneOf(Arbitraries.of("", "content", "1\n0\n3\nabc"), Arbitraries.of(LONG_NAMES)),
                        pax)
                .as((type, name, link, size, number, field, content, records) -> new Entry(
                        type,
                        name,
                        link,
                        size,
                        number,
                        field,
                        type == 'x' || type == 'g' ? "20 path=" + content + "\n" : content,
                        records,
                        !number.equals("9")));
    }

    static byte[] write(List<Entry> entries, String outside) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Entry entry : entries) {
            if (!entry.pax().isEmpty()) {
                StringBuilder records = new StringBuilder();
                entry.pax().forEach((key, value) -> records.append(record(key, value.replace(OUTSIDE, outside))));
                block(out, Entry.of('x', "pax", "", records.toString(), Map.of()), outside);
            }
            block(out, entry, outside);
        }
        out.writeBytes(new byte[2 * BLOCK]);
        return out.toByteArray();
    }

    private static String record(String key, String value) {
        String rest = " " + key + "=" + value + "\n";
        int length = rest.length() + 1;
        while (Integer.toString(length).length() + rest.length() != length) {
            length++;
        }
        return length + rest;
    }

    private static void block(ByteArrayOutputStream out, Entry entry, String outside) {
        byte[] content = entry.content().replace(OUTSIDE, outside).getBytes(ISO_8859_1);
        byte[] header = new byte[BLOCK];
        put(header, 0, 100, entry.name().replace(OUTSIDE, outside));
        put(header, 100, 8, entry.field() == 0 ? entry.number() : "0000755");
        put(header, 108, 8, entry.field() == 1 ? entry.number() : "0000000");
        put(header, 116, 8, entry.field() == 2 ? entry.number() : "0000000");
        put(header, 124, 12, entry.size().equals(RIGHT) ? "%011o".formatted(content.length) : entry.size());
        put(header, 136, 12, entry.field() == 3 ? entry.number() : "13727550000");
        put(header, 148, 8, "        ");
        header[156] = (byte) entry.type();
        put(header, 157, 100, entry.link().replace(OUTSIDE, outside));
        put(header, 257, 8, "ustar\00000");
        put(header, 329, 8, entry.field() == 4 ? entry.number() : "0000001");
        put(header, 337, 8, entry.field() == 4 ? entry.number() : "0000003");
        if (entry.type() == 'S') {
            put(header, 257, 8, "ustar  ");
            put(header, 386, 12, entry.number().equals(RIGHT) ? "0" : entry.number());
            put(header, 398, 12, "00000000002");
            put(header, 483, 12, entry.field() % 2 == 0 ? entry.number() : "00000001000");
            header[482] = (byte) (entry.field() % 3 == 0 ? 1 : 0);
        }
        int sum = 0;
        for (byte b : header) {
            sum += b & 0xff;
        }
        put(header, 148, 8, "%06o\0 ".formatted(entry.checksum() ? sum : sum + 1));
        out.writeBytes(header);
        out.writeBytes(content);
        out.writeBytes(new byte[(BLOCK - content.length % BLOCK) % BLOCK]);
    }

    private static void put(byte[] header, int offset, int length, String text) {
        byte[] bytes = (text.equals(RIGHT) ? "0" : text).getBytes(ISO_8859_1);
        System.arraycopy(bytes, 0, header, offset, Math.min(length, bytes.length));
    }
}
