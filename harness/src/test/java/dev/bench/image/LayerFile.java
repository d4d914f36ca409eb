package dev.bench.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Writes tar layers header by header, so that tests can write what no tar library would. Names are byte strings. */
final class LayerFile {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** What a header says; changed by tests. */
    static final class Header {
        int mode = 0644;
        int uid;
        int gid;
        long seconds = 1_600_000_000L;
        String linkName = "";
        int major;
        int minor;
        final Map<String, String> pax = new LinkedHashMap<>();
    }

    LayerFile file(String name, String content, Consumer<Header> change) {
        return entry('0', name, content.getBytes(ISO_8859_1), change);
    }

    LayerFile file(String name, String content) {
        return file(name, content, header -> {});
    }

    LayerFile directory(String name, int mode) {
        return entry('5', name + "/", new byte[0], header -> header.mode = mode);
    }

    LayerFile symbolicLink(String name, String target) {
        return entry('2', name, new byte[0], header -> header.linkName = target);
    }

    LayerFile hardLink(String name, String target) {
        return entry('1', name, new byte[0], header -> header.linkName = target);
    }

    LayerFile entry(char type, String name, byte[] content, Consumer<Header> change) {
        Header header = new Header();
        change.accept(header);
        if (!header.pax.isEmpty()) {
            StringBuilder records = new StringBuilder();
            header.pax.forEach((key, value) -> {
                String rest = " " + key + "=" + value + "\n";
                int length = rest.length() + 1;
                while (Integer.toString(length).length() + rest.length() != length) {
                    length++;
                }
                records.append(length).append(rest);
            });
            block('x', "pax", records.toString().getBytes(ISO_8859_1), new Header());
        }
        block(type, name, content, header);
        return this;
    }

    byte[] bytes() {
        byte[] content = out.toByteArray();
        byte[] whole = new byte[content.length + 1024];
        System.arraycopy(content, 0, whole, 0, content.length);
        return whole;
    }

    InputStream stream() {
        return new ByteArrayInputStream(bytes());
    }

    private void block(char type, String name, byte[] content, Header values) {
        byte[] header = new byte[512];
        put(header, 0, name);
        put(header, 100, "%07o".formatted(values.mode));
        put(header, 108, "%07o".formatted(values.uid));
        put(header, 116, "%07o".formatted(values.gid));
        put(header, 124, "%011o".formatted(content.length));
        put(header, 136, "%011o".formatted(values.seconds));
        put(header, 148, "        ");
        header[156] = (byte) type;
        put(header, 157, values.linkName);
        put(header, 257, "ustar");
        put(header, 263, "00");
        put(header, 329, "%07o".formatted(values.major));
        put(header, 337, "%07o".formatted(values.minor));
        int sum = 0;
        for (byte b : header) {
            sum += b & 0xff;
        }
        put(header, 148, "%06o\0 ".formatted(sum));
        out.writeBytes(header);
        out.writeBytes(content);
        out.writeBytes(new byte[(512 - content.length % 512) % 512]);
    }

    private static void put(byte[] header, int offset, String text) {
        byte[] bytes = text.getBytes(ISO_8859_1);
        System.arraycopy(bytes, 0, header, offset, bytes.length);
    }
}
