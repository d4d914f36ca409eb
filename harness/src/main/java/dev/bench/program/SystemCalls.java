package dev.bench.program;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Names the system calls of x86-64 by their numbers, and says which subsystem each asks (Linux
 * arch/x86/entry/syscalls/syscall_64.tbl, up to version 6.17; the subsystems are this table's own). Stateless.
 */
public final class SystemCalls {
    private static final String OTHER = "other";
    private static final Map<Integer, Entry> BY_NUMBER = read();
    private static final Map<String, String> SUBSYSTEMS =
            BY_NUMBER.values().stream().collect(Collectors.toMap(Entry::name, Entry::subsystem));

    private SystemCalls() {}

    private record Entry(String name, String subsystem) {}

    private static Map<Integer, Entry> read() {
        try (InputStream file = Objects.requireNonNull(
                        SystemCalls.class.getResourceAsStream("syscalls-x86_64.txt"), "the table of system calls");
                BufferedReader reader = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
            Map<Integer, Entry> entries = new TreeMap<>();
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                String[] words = line.split(" ", 3);
                entries.put(Integer.parseInt(words[0]), new Entry(words[1], words[2]));
            }
            return entries;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the name of a system call, or its number in words where this table does not know it. */
    public static String name(int number) {
        Entry entry = BY_NUMBER.get(number);
        return entry == null ? "number " + number : entry.name();
    }

    /** Returns what a system call asks of the kernel, such as {@code network}, by its name. */
    public static String subsystem(String name) {
        return SUBSYSTEMS.getOrDefault(name, OTHER);
    }

    /** Returns every number that has a name, ascending. */
    static List<Integer> numbers() {
        return List.copyOf(BY_NUMBER.keySet());
    }
}
