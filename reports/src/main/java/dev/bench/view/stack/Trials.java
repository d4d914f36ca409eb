package dev.bench.view.stack;

import dev.bench.measure.stack.StackRecord;
import dev.bench.view.ReportContext;
import java.util.Comparator;
import java.util.List;

/**
 * Holds the measured trials of one target.
 *
 * @param target name of the target
 * @param records at least one
 */
record Trials(String target, List<StackRecord> records) {
    Trials {
        records = List.copyOf(records);
    }

    /** Groups the measured trials by target, in the targets' order. */
    static List<Trials> of(ReportContext context) {
        return context.measured(StackRecord.class, StackRecord::target, StackRecord::warmup).entrySet().stream()
                .map(trials -> new Trials(trials.getKey(), trials.getValue()))
                .toList();
    }

    /** Returns the trial whose time until all was up is the median, the shorter of two: its parts belong together. */
    StackRecord typical() {
        List<StackRecord> sorted = records.stream()
                .sorted(Comparator.comparingDouble(StackRecord::upMs))
                .toList();
        return sorted.get((sorted.size() - 1) / 2);
    }
}
