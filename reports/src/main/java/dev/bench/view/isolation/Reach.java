package dev.bench.view.isolation;

import dev.bench.measure.isolation.IsolationRecord;
import dev.bench.measure.isolation.IsolationRecord.Phase;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Compares the sets of what one target reached, block by block, of one kind: system calls or tracepoints.
 *
 * @param blocks trials that count, in order
 * @param kind picks the set of a phase
 */
record Reach(List<IsolationRecord> blocks, Function<Phase, Collection<String>> kind) {
    /** Below this the sets of two blocks differ too much for their size to mean anything. */
    static final double STABLE = 0.9;

    /** From this share on, what came without an instance is part of what is shown with one. */
    static final double FOREIGN = 0.01;

    Reach {
        blocks = List.copyOf(blocks);
    }

    /** Returns the trials that count of every target that has some. */
    static Map<String, Reach> byTarget(
            List<String> names, List<IsolationRecord> records, Function<Phase, Collection<String>> kind) {
        Map<String, Reach> targets = new LinkedHashMap<>();
        names.forEach(target -> {
            List<IsolationRecord> blocks = records.stream()
                    .filter(record -> record.target().equals(target) && !record.warmup())
                    .toList();
            if (!blocks.isEmpty()) {
                targets.put(target, new Reach(blocks, kind));
            }
        });
        return targets;
    }

    static Collection<String> calls(Phase phase) {
        return phase.calls().keySet();
    }

    /** Returns what was reached in any block, in one phase. */
    Set<String> in(String phase) {
        return union(blocks.stream().flatMap(block -> block.phase(phase).stream()));
    }

    /** Returns what was reached in any block, the control left out. */
    Set<String> all() {
        return union(blocks.stream().flatMap(IsolationRecord::instance));
    }

    private Set<String> union(Stream<Phase> phases) {
        Set<String> union = new TreeSet<>();
        phases.forEach(phase -> union.addAll(kind.apply(phase)));
        return union;
    }

    /**
     * Returns the smallest Jaccard index of the sets of two blocks, 1 where all are the same; empty with less than two
     * blocks. See P. Jaccard, The distribution of the flora in the alpine zone, New Phytologist 11 (1912).
     */
    OptionalDouble agreement() {
        List<Set<String>> sets =
                blocks.stream().map(block -> union(block.instance())).toList();
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < sets.size(); i++) {
            for (int k = i + 1; k < sets.size(); k++) {
                least = Math.min(least, jaccard(sets.get(i), sets.get(k)));
            }
        }
        return sets.size() < 2 ? OptionalDouble.empty() : OptionalDouble.of(least);
    }

    static double jaccard(Set<String> one, Set<String> other) {
        Set<String> both = new TreeSet<>(one);
        both.retainAll(other);
        int either = one.size() + other.size() - both.size();
        return either == 0 ? 1 : both.size() / (double) either;
    }

    /** Returns the size of the largest control set as a share of what was reached. */
    double foreign() {
        int most = blocks.stream()
                .flatMap(block -> block.phase(IsolationRecord.CONTROL).stream())
                .mapToInt(phase -> kind.apply(phase).size())
                .max()
                .orElse(0);
        return most / (double) Math.max(1, all().size());
    }

    boolean isUnstable() {
        return agreement().orElse(1) < STABLE;
    }

    boolean isForeign() {
        return foreign() >= FOREIGN;
    }
}
