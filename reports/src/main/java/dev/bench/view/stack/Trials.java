package dev.bench.view.stack;

import dev.bench.measure.stack.StackRecord;
import dev.bench.view.ReportContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
        Map<String, List<StackRecord>> groups = new LinkedHashMap<>();
        context.analysed().result().targets().forEach(target -> groups.put(target.name(), new ArrayList<>()));
        for (StackRecord record : context.details(StackRecord.class)) {
            if (!record.warmup()) {
                groups.computeIfAbsent(record.target(), name -> new ArrayList<>())
                        .add(record);
            }
        }
        List<Trials> all = new ArrayList<>();
        groups.forEach((target, records) -> {
            if (!records.isEmpty()) {
                all.add(new Trials(target, records));
            }
        });
        return all;
    }

    /** Returns the trial whose time until all was up is the median, the shorter of two: its parts belong together. */
    StackRecord typical() {
        List<StackRecord> sorted = records.stream()
                .sorted(Comparator.comparingDouble(StackRecord::upMs))
                .toList();
        return sorted.get((sorted.size() - 1) / 2);
    }
}
