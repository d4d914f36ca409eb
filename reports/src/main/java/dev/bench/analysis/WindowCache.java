package dev.bench.analysis;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Remembers where the windows of series were found to change, so that a series that has grown is searched only where it is
 * new. Safe for use by several threads.
 */
public final class WindowCache {
    private final Map<Long, List<Integer>> known;
    private final Map<Long, List<Integer>> used = new ConcurrentHashMap<>();

    /**
     * Takes what an earlier search has {@linkplain #used() used}.
     *
     * @param known places of the changes, counted from the window's start, by the window's key
     */
    public WindowCache(Map<Long, List<Integer>> known) {
        this.known = known;
    }

    /** Returns what is known of a window, and searches it where nothing is. */
    List<Integer> get(long key, Supplier<List<Integer>> search) {
        List<Integer> places = known.get(key);
        List<Integer> found = places == null ? List.copyOf(search.get()) : places;
        used.put(key, found);
        return found;
    }

    /** Returns the windows that were asked for so far, which is all that a later search has a use for. */
    public Map<Long, List<Integer>> used() {
        return Map.copyOf(used);
    }
}
