package dev.bench.result;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** Copies maps that are stored: {@link Map#copyOf} has another order in every JVM, and so would two files of one run. */
public final class SortedMaps {
    private SortedMaps() {}

    /**
     * Returns an unmodifiable copy in the order of its keys.
     *
     * @throws NullPointerException where a key or a value is null
     */
    public static <V> Map<String, V> copyOf(Map<String, ? extends V> map) {
        return Collections.unmodifiableMap(new TreeMap<>(Map.copyOf(map)));
    }
}
