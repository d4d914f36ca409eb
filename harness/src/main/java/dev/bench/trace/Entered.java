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
 * @param passed what was passed: tracepoints, as {@code group:event} and without those of system calls, or functions, by
 *     name; without those passed in a hardware interrupt, which belongs to nobody
 * @param threads how many threads entered anything
 */
public record Entered(Map<Integer, Long> calls, Set<String> passed, int threads) {
    public Entered {
        calls = Collections.unmodifiableMap(new TreeMap<>(calls));
        passed = Collections.unmodifiableSet(new TreeSet<>(passed));
    }
}
