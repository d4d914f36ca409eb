package dev.bench.trace;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Is what threads entered in the host's kernel in some time.
 *
 * @param calls how often each system call was entered, by number
 * @param tracepoints what tracepoints were passed, as {@code group:event}; without those of system calls and those passed in
 *     a hardware interrupt, which belongs to nobody
 * @param threads how many threads entered anything
 */
public record Entered(Map<Integer, Long> calls, Set<String> tracepoints, int threads) {
    public Entered {
        calls = Collections.unmodifiableMap(new TreeMap<>(calls));
        tracepoints = Collections.unmodifiableSet(new TreeSet<>(tracepoints));
    }
}
