package dev.bench.trace;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntFunction;

/**
 * Tells the threads that exist because of an instance from those that launch it, and gathers what the former entered.
 *
 * <p>Whoever launches is known before; every process that one of its threads forks is the instance's, and so is every
 * thread and process that comes of it. A thread that one of its threads begins within its own process is its own. What a
 * JVM's process does until it executes what it was told to, the JVM's own helper included, is the JVM's.
 *
 * <p>Events may be told in any order. Not safe for use by several threads.
 */
final class Descent {
    /** Of clone(2): the new thread is of the same process. */
    private static final long CLONE_THREAD = 0x10000;

    /** What a JVM executes to fork from a small process (jdk.lang.Process.launchMechanism). */
    private static final String JVM_HELPER = "/jspawnhelper";

    private final Set<Integer> launchers = new HashSet<>();
    private final Set<Integer> members = new HashSet<>();
    private final Map<Integer, Long> since = new HashMap<>();
    private final Map<Integer, Map<Integer, Tally>> calls = new HashMap<>();
    private final Map<Integer, Map<Integer, Tally>> events = new HashMap<>();
    private List<Birth> births = new ArrayList<>();
    private final List<Execution> executions = new ArrayList<>();

    /**
     * Is the beginning of a thread.
     *
     * @param nanos when
     * @param parent the thread that began it
     * @param child the thread
     * @param flags as clone(2) takes them
     */
    private record Birth(long nanos, int parent, int child, long flags) {}

    /**
     * Is the execution of a program.
     *
     * @param nanos when
     * @param thread by which thread
     * @param file which
     */
    private record Execution(long nanos, int thread, String file) {}

    /** Holds when something was entered: what came before a program was executed is known only afterwards. */
    private static final class Tally {
        private long[] moments = new long[4];
        private int count;

        private void add(long nanos) {
            if (count == moments.length) {
                moments = Arrays.copyOf(moments, 2 * count);
            }
            moments[count] = nanos;
            count++;
        }

        private void last(long nanos) {
            moments[0] = count == 0 ? nanos : Math.max(moments[0], nanos);
            count = 1;
        }

        private long since(long nanos) {
            return Arrays.stream(moments, 0, count)
                    .filter(moment -> moment >= nanos)
                    .count();
        }
    }

    /** Begins with the threads that launch instances. */
    Descent(Set<Integer> launchers) {
        this.launchers.addAll(launchers);
    }

    void called(long nanos, int thread, int number) {
        tally(calls, thread, number).add(nanos);
    }

    /** Only whether it was counts, of what comes by the million. */
    void passed(long nanos, int thread, int event) {
        tally(events, thread, event).last(nanos);
    }

    void born(long nanos, int parent, int child, long flags) {
        births.add(new Birth(nanos, parent, child, flags));
    }

    void executed(long nanos, int thread, String file) {
        executions.add(new Execution(nanos, thread, file));
    }

    private static Tally tally(Map<Integer, Map<Integer, Tally>> tallies, int thread, int key) {
        return tallies.computeIfAbsent(thread, id -> new HashMap<>()).computeIfAbsent(key, id -> new Tally());
    }

    /**
     * Returns what the instance's threads entered since the last time.
     *
     * @param names gives the name of an event's id, or of a function's number
     */
    Entered take(IntFunction<String> names) {
        settle();
        Map<Integer, Long> entered = new TreeMap<>();
        Set<Integer> passed = new TreeSet<>();
        Set<Integer> threads = new TreeSet<>();
        for (int thread : members) {
            long from = since.getOrDefault(thread, Long.MIN_VALUE);
            taken(calls, thread, from).forEach((number, count) -> {
                entered.merge(number, count, Long::sum);
                threads.add(thread);
            });
            taken(events, thread, from).forEach((event, count) -> {
                passed.add(event);
                threads.add(thread);
            });
        }
        // What is left is a launcher's own, or of threads whose birth has not been told yet.
        launchers.forEach(thread -> {
            calls.remove(thread);
            events.remove(thread);
        });
        Set<String> named = new TreeSet<>();
        passed.forEach(event -> named.add(names.apply(event)));
        return new Entered(entered, named, threads.size());
    }

    /** Takes a thread's own away; returns how often each was entered from a moment on, those that were. */
    private static Map<Integer, Long> taken(Map<Integer, Map<Integer, Tally>> tallies, int thread, long from) {
        Map<Integer, Tally> own = tallies.remove(thread);
        if (own == null) {
            return Map.of();
        }
        Map<Integer, Long> counts = new HashMap<>();
        own.forEach((key, tally) -> {
            long count = tally.since(from);
            if (count > 0) {
                counts.put(key, count);
            }
        });
        return counts;
    }

    private void settle() {
        births.sort(Comparator.comparingLong(Birth::nanos));
        List<Birth> unknown = new ArrayList<>();
        for (Birth birth : births) {
            if (members.contains(birth.parent())) {
                members.add(birth.child());
            } else if (launchers.contains(birth.parent())) {
                ((birth.flags() & CLONE_THREAD) == 0 ? members : launchers).add(birth.child());
            } else {
                unknown.add(birth);
            }
        }
        births = unknown;
        executions.sort(Comparator.comparingLong(Execution::nanos));
        Map<Integer, Boolean> helping = new HashMap<>();
        for (Execution execution : executions) {
            if (execution.file().endsWith(JVM_HELPER)) {
                helping.put(execution.thread(), true);
                since.put(execution.thread(), Long.MAX_VALUE);
            } else if (helping.remove(execution.thread()) != null) {
                since.put(execution.thread(), execution.nanos());
            }
        }
        executions.removeIf(execution -> !helping.containsKey(execution.thread()));
    }
}
