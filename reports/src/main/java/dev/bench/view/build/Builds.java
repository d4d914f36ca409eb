package dev.bench.view.build;

import dev.bench.analysis.OrderStatistics;
import dev.bench.measure.build.BuildRecord;
import dev.bench.view.ReportContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Holds the measured builds of one kind by one target.
 *
 * @param target name of the target
 * @param kind what was built, in a word or two
 * @param records at least one, in the order of their blocks
 */
record Builds(String target, String kind, List<BuildRecord> records) {
    Builds {
        records = List.copyOf(records);
    }

    /** Groups the measured builds by target and kind, both in the order of their first build. */
    static List<Builds> of(ReportContext context) {
        List<Builds> all = new ArrayList<>();
        context.measured(BuildRecord.class, BuildRecord::target, BuildRecord::warmup)
                .forEach((target, records) -> records.stream()
                        .collect(Collectors.groupingBy(Builds::kind, LinkedHashMap::new, Collectors.toList()))
                        .forEach((kind, own) -> all.add(new Builds(target, kind, own))));
        return all;
    }

    private static String kind(BuildRecord record) {
        return record.kind().equals(BuildRecord.CHANGE) ? "after " + record.change() : record.kind();
    }

    /** Returns whether something was changed before. */
    boolean isAfterChange() {
        return records.get(0).kind().equals(BuildRecord.CHANGE);
    }

    /** Returns the median of what the builds have; null where none has it. */
    @Nullable
    Double median(Function<BuildRecord, ? extends @Nullable Number> value) {
        double[] values = records.stream()
                .map(value)
                .filter(Objects::nonNull)
                .mapToDouble(Number::doubleValue)
                .sorted()
                .toArray();
        return values.length == 0 ? null : OrderStatistics.median(values);
    }

    /** Returns the build whose time is the median, the shorter of two: its steps belong together, medians of steps do not. */
    BuildRecord typical() {
        List<BuildRecord> sorted = records.stream()
                .sorted(Comparator.comparingDouble(BuildRecord::ms))
                .toList();
        return sorted.get((sorted.size() - 1) / 2);
    }

    /** Returns the median length of a part in milliseconds; empty where no build has it. */
    OptionalDouble part(String name) {
        double[] lengths = records.stream()
                .flatMap(record -> record.parts().stream())
                .filter(part -> part.name().equals(name))
                .mapToDouble(BuildRecord.Part::lengthMs)
                .sorted()
                .toArray();
        return lengths.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(OrderStatistics.median(lengths));
    }

    /** Says how many instructions of the typical build ran, and of how many; empty where it has none. */
    Optional<String> run() {
        List<BuildRecord.Step> instructions =
                typical().steps().stream().filter(step -> step.line() > 0).toList();
        long run = instructions.stream().filter(step -> !step.cached()).count();
        return instructions.isEmpty() ? Optional.empty() : Optional.of(run + " of " + instructions.size());
    }

    /** Returns the step that took longest of those of the typical build that ran; empty where none did. */
    Optional<BuildRecord.Step> longest() {
        return typical().steps().stream()
                .filter(step -> !step.cached())
                .max(Comparator.comparingDouble(BuildRecord.Step::lengthMs));
    }
}
