package dev.bench.target;

import dev.bench.result.Phase;
import dev.bench.result.PhaseName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Records the moments of one launch on the host's monotonic clock ({@link System#nanoTime}). The first mark of a phase
 * counts, later ones are ignored. Safe for use by several threads.
 */
public final class PhaseRecorder {
    private final Map<PhaseName, Long> marks = new EnumMap<>(PhaseName.class);

    /** Marks a phase now. */
    public void mark(PhaseName phase) {
        mark(phase, System.nanoTime());
    }

    /** Marks a phase at a moment already read. */
    public synchronized void mark(PhaseName phase, long nanos) {
        if (marks.putIfAbsent(phase, nanos) == null) {
            notifyAll();
        }
    }

    /** Returns the moment of a phase, empty where it was not reached. */
    public synchronized OptionalLong at(PhaseName phase) {
        Long nanos = marks.get(phase);
        return nanos == null ? OptionalLong.empty() : OptionalLong.of(nanos);
    }

    /** Waits until one of the phases is reached; returns whether one was within the time. */
    public synchronized boolean await(Duration timeout, PhaseName... phases) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (Arrays.stream(phases).noneMatch(marks::containsKey)) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            wait(left / 1_000_000, (int) (left % 1_000_000));
        }
        return true;
    }

    /** Returns the moments in order of time, in milliseconds since the request; empty where nothing was requested. */
    public synchronized List<Phase> phases() {
        Long origin = marks.get(PhaseName.REQUEST);
        if (origin == null) {
            return List.of();
        }
        List<Phase> phases = new ArrayList<>();
        marks.forEach((name, nanos) -> phases.add(new Phase(name, (nanos - origin) / 1e6)));
        phases.sort(Comparator.comparingDouble(Phase::atMs).thenComparing(Phase::name));
        return phases;
    }
}
