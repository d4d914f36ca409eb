package dev.bench.measure.isolation;

import dev.bench.measure.isolation.IsolationRecord.Phase;
import dev.bench.program.SystemCalls;
import dev.bench.trace.Entered;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** Turns what was entered in several launches, system calls, tracepoints and functions, into phases and values. Stateless. */
final class Trace {
    private Trace() {}

    /**
     * Returns the phases.
     *
     * @param calls what was entered by phase, in order, the control first
     * @param tracepoints the same of another launch
     * @param functions the same of a third; empty where none could be traced
     */
    static List<Phase> phases(
            Map<String, Entered> calls, Map<String, Entered> tracepoints, Map<String, Entered> functions) {
        Map<Integer, Long> control = Map.of();
        List<Phase> phases = new ArrayList<>();
        for (Map.Entry<String, Entered> entry : calls.entrySet()) {
            Entered entered = entry.getValue();
            Entered passed = Objects.requireNonNull(tracepoints.get(entry.getKey()), entry.getKey());
            Entered executed = functions.get(entry.getKey());
            boolean first = phases.isEmpty();
            phases.add(new Phase(
                    entry.getKey(),
                    named(entered.calls(), control),
                    List.copyOf(passed.passed()),
                    executed == null ? List.of() : List.copyOf(executed.passed()),
                    entered.threads()));
            if (first) {
                control = entered.calls();
            }
        }
        return phases;
    }

    private static Map<String, Long> named(Map<Integer, Long> calls, Map<Integer, Long> control) {
        Map<String, Long> named = new TreeMap<>();
        calls.forEach((number, count) -> {
            long own = count - control.getOrDefault(number, 0L);
            if (own > 0) {
                named.put(SystemCalls.name(number), own);
            }
        });
        return named;
    }

    static Map<String, Double> values(IsolationRecord record) {
        Map<String, Double> values = new LinkedHashMap<>();
        values.put(IsolationMetrics.HOST_SYSCALLS.id(), (double)
                together(record, phase -> phase.calls().keySet()).size());
        record.phase(IsolationRecord.LOAD)
                .ifPresent(load -> values.put(
                        IsolationMetrics.CALLS_PER_REQUEST.id(),
                        load.calls().values().stream()
                                        .mapToLong(Long::longValue)
                                        .sum()
                                / (double) record.requests()));
        values.put(IsolationMetrics.HOST_TRACEPOINTS.id(), (double)
                together(record, phase -> Set.copyOf(phase.tracepoints())).size());
        if (record.functionsRefused() == null) {
            values.put(IsolationMetrics.HOST_FUNCTIONS.id(), (double)
                    together(record, phase -> Set.copyOf(phase.functions())).size());
        }
        return values;
    }

    private static Set<String> together(IsolationRecord record, Function<Phase, Set<String>> set) {
        Set<String> all = new TreeSet<>();
        record.instance().forEach(phase -> all.addAll(set.apply(phase)));
        return all;
    }
}
