package dev.bench.trace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says how the kernel records one event: its file {@code format}.
 *
 * @param id number that begins each record
 * @param offsets where fields are, by name
 */
record EventFormat(int id, Map<String, Integer> offsets) {
    private static final Pattern ID = Pattern.compile("(?m)^ID: ([0-9]{1,9})$");
    private static final Pattern FIELD =
            Pattern.compile("field:[^;]*?([A-Za-z_0-9]+)(?:\\[[^;]*\\])?;\\s*offset:([0-9]{1,9});");

    EventFormat {
        offsets = Map.copyOf(offsets);
    }

    /** Reads the format of an event from its directory. */
    static EventFormat of(Path event) throws IOException {
        return parse(Files.readString(event.resolve("format")));
    }

    static EventFormat parse(String text) throws IOException {
        Matcher id = ID.matcher(text);
        if (!id.find()) {
            throw new IOException("the kernel's description of an event names no id: " + text.strip());
        }
        Map<String, Integer> offsets = new HashMap<>();
        Matcher field = FIELD.matcher(text);
        while (field.find()) {
            offsets.put(field.group(1), Integer.parseInt(field.group(2)));
        }
        return new EventFormat(Integer.parseInt(id.group(1)), offsets);
    }

    int offset(String field) {
        Integer offset = offsets.get(field);
        if (offset == null) {
            throw new IllegalArgumentException("the event has no field " + field + ", but " + offsets.keySet());
        }
        return offset;
    }
}
