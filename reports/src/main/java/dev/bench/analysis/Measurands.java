package dev.bench.analysis;

import dev.bench.measure.Measure;
import dev.bench.measure.Measures;
import dev.bench.result.Metric;
import dev.bench.result.Result;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Knows what the measures of this version yield; the one place of the reports that asks for it. */
public final class Measurands {
    /** Stored names end in their unit. */
    private static final Map<String, String> UNITS = Map.of("_ms", "ms", "_mib", "MiB", "_per_s", "1/s");

    private Measurands() {}

    /** Returns what a measure yields, in display order and the headline first; empty where this version does not know it. */
    public static List<Measurand> of(String measure) {
        return Measures.find(measure)
                .map(known -> known.metrics().stream().map(Measurands::of).toList())
                .orElse(List.of());
    }

    /** Returns whether a scenario of a measure may leave out what the headline is about. */
    static boolean isHeadlineOptional(String measure) {
        return Measures.find(measure).filter(Measure::isHeadlineOptional).isPresent();
    }

    /** Returns what a gate judges of a measure, in display order; empty where this version does not know it. */
    public static List<Measurand> gated(String measure) {
        return Measures.find(measure)
                .map(known -> known.gated().stream().map(Measurands::of).toList())
                .orElse(List.of());
    }

    /** Returns what all measures of this version yield, in display order. */
    public static List<Measurand> all() {
        return Measures.metrics().stream().map(Measurands::of).toList();
    }

    /** Finds a metric by its stored name; empty where this version does not know it. */
    public static Optional<Measurand> byId(String id) {
        return Measures.metric(id).map(Measurands::of);
    }

    /** Finds a metric that a measure yields by its stored name, also one with a name that the scenario has chosen. */
    public static Optional<Measurand> of(String measure, String id) {
        return Measures.find(measure).flatMap(known -> known.metric(id)).map(Measurands::of);
    }

    /** Returns what is known of a metric; of one of another version that is what its stored name says. */
    public static Measurand named(String id) {
        return byId(id).orElseGet(() -> new Measurand(
                id,
                UNITS.entrySet().stream()
                        .filter(unit -> id.endsWith(unit.getKey()))
                        .map(Map.Entry::getValue)
                        .findFirst()
                        .orElse(""),
                null,
                id,
                "a metric that this version does not know"));
    }

    /** Says that this version does not know the measure of a result; empty where it does. */
    public static Optional<String> unknown(Result result) {
        String measure = result.scenario().measure();
        return of(measure).isEmpty()
                ? Optional.of("this version does not know the measure '" + measure
                        + "': its metrics stand under their stored names, and nothing is said of which direction is"
                        + " better; read it with the version that measured, " + result.tool())
                : Optional.empty();
    }

    private static Measurand of(Metric metric) {
        return new Measurand(metric.id(), metric.unit(), metric.better(), metric.title(), metric.definition());
    }
}
