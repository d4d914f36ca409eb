package dev.bench.measure;

import com.fasterxml.jackson.databind.jsontype.NamedType;
import dev.bench.plan.Plan;
import dev.bench.result.Metric;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/** Finds the measures that there are. Safe for use by several threads. */
public final class Measures {
    private static final List<Measure> ALL = ServiceLoader.load(Measure.class).stream()
            .map(ServiceLoader.Provider::get)
            .toList();

    /** What a scenario measures that does not say it. */
    public static final String BY_DEFAULT = "startup";

    private Measures() {}

    /** Returns all measures, in the order in which they are registered. */
    public static List<Measure> all() {
        return ALL;
    }

    /** Finds a measure by its id; empty where this version does not know it. */
    public static Optional<Measure> find(String id) {
        return ALL.stream().filter(measure -> measure.id().equals(id)).findFirst();
    }

    /** Returns the measure of a plan, which this version made. */
    public static Measure of(Plan plan) {
        return find(plan.measure())
                .orElseThrow(() -> new IllegalArgumentException("no measure is called " + plan.measure()));
    }

    /** Returns the metrics of all measures, in the order of those and of their display. */
    public static List<Metric> metrics() {
        return ALL.stream().flatMap(measure -> measure.metrics().stream()).toList();
    }

    /** Finds a metric by its id; empty where no measure of this version yields it. */
    public static Optional<Metric> metric(String id) {
        return ALL.stream().flatMap(measure -> measure.metric(id).stream()).findFirst();
    }

    /** Returns the classes of all settings by the ids of their measures, for whoever reads a plan from JSON. */
    public static NamedType[] settingsTypes() {
        return ALL.stream()
                .map(measure -> new NamedType(measure.settingsType(), measure.id()))
                .toArray(NamedType[]::new);
    }

    /** Returns the metrics of all measures that a gate can judge, in their order. */
    public static Stream<Metric> gated() {
        return ALL.stream().flatMap(measure -> measure.gated().stream());
    }
}
