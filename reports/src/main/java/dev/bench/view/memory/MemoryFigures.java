package dev.bench.view.memory;

import dev.bench.analysis.OrderStatistics;
import dev.bench.measure.memory.MemoryReading;
import dev.bench.result.Launch;
import dev.bench.view.ReportContext;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/** Picks readings and values of one target out of a memory result; discarded blocks and failed ramps are left out. */
final class MemoryFigures {
    private final ReportContext context;
    private final String target;

    MemoryFigures(ReportContext context, String target) {
        this.context = context;
        this.target = target;
    }

    /** Returns the mean of a value over the ramps that have it; empty where none has. */
    Optional<Double> mean(String id) {
        double[] values = launches().stream()
                .filter(launch -> launch.values().containsKey(id))
                .mapToDouble(launch -> launch.values().get(id))
                .toArray();
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return values.length == 0 ? Optional.empty() : Optional.of(sum / values.length);
    }

    /** Returns every idle reading of the ramps that succeeded, in the order in which they were taken. */
    List<MemoryReading> idle() {
        return readings(reading -> !reading.loaded());
    }

    /** Returns the last idle reading of every ramp that succeeded. */
    List<MemoryReading> last() {
        List<MemoryReading> idle = idle();
        return idle.stream()
                .filter(reading -> idle.stream()
                        .noneMatch(other -> sameRamp(reading, other) && other.instances() > reading.instances()))
                .toList();
    }

    /** Returns the reading without an instance that belongs to another; empty where it is missing. */
    Optional<MemoryReading> base(MemoryReading reading) {
        return idle().stream()
                .filter(other -> other.instances() == 0 && sameRamp(reading, other))
                .findFirst();
    }

    /** Returns every reading of the ramps that succeeded which a condition holds for. */
    List<MemoryReading> readings(Predicate<MemoryReading> condition) {
        List<Launch> launches = launches();
        return context.details(MemoryReading.class).stream()
                .filter(reading -> reading.target().equals(target) && !reading.warmup())
                .filter(condition)
                .filter(reading -> launches.stream()
                        .anyMatch(launch -> launch.session() == reading.session() && launch.block() == reading.block()))
                .toList();
    }

    /** Returns the median over the last idle readings of an amount per instance; empty where there is none. */
    Optional<Double> perInstance(Predicate<MemoryReading> has, ToDoubleFunction<MemoryReading> amount) {
        return median(last().stream()
                .filter(reading -> reading.instances() > 0)
                .filter(has)
                .mapToDouble(reading -> amount.applyAsDouble(reading) / reading.instances())
                .toArray());
    }

    static Optional<Double> median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted.length == 0 ? Optional.empty() : Optional.of(OrderStatistics.median(sorted));
    }

    private List<Launch> launches() {
        return context.analysed().launches().stream()
                .filter(launch ->
                        launch.ok() && !launch.warmup() && launch.target().equals(target))
                .toList();
    }

    private static boolean sameRamp(MemoryReading reading, MemoryReading other) {
        return reading.session() == other.session() && reading.block() == other.block();
    }
}
