package dev.bench.scenario;

import dev.bench.grammar.Forms;
import dev.bench.grammar.Key;
import dev.bench.grammar.Keys;
import dev.bench.grammar.Units;
import dev.bench.grammar.YamlMap;
import dev.bench.measure.Measure;
import dev.bench.measure.Measures;
import dev.bench.result.Bound;
import dev.bench.result.Metric;
import dev.bench.target.OptionSpec;
import dev.bench.target.TargetDefinition;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Declares and reads how a scenario judges as a gate. */
final class GateReader {
    private final BaselineReader baselines;

    GateReader(BaselineReader baselines) {
        this.baselines = baselines;
    }

    /** Declares the gate of a scenario. */
    static Key<YamlMap> key(Collection<OptionSpec> options) {
        List<Metric> metrics = Measures.gated().toList();
        return Key.of(
                "gate",
                Forms.mapping(Keys.of(baseline(BaselineReader.keys(options)), budgets(metrics), limits(metrics))),
                "How `bench run --gate` judges.");
    }

    private static Key<YamlMap> baseline(Keys keys) {
        return Key.of("baseline", Forms.mapping(keys), "What the targets are held against: how it differs from them.");
    }

    private static Key<YamlMap> budgets(List<Metric> metrics) {
        return byMetric(
                "budgets", metrics, GateReader::budget, "Change that is accepted, by metric; in place of the margin.");
    }

    private static Key<YamlMap> limits(List<Metric> metrics) {
        return byMetric("limits", metrics, GateReader::limit, "Limits that depend on no baseline, by metric.");
    }

    private static Key<YamlMap> byMetric(
            String name, List<Metric> metrics, Function<Metric, Key<?>> key, String description) {
        return Key.of(
                name, Forms.mapping(Keys.of(metrics.stream().<Key<?>>map(key).toList())), description);
    }

    private static Key<Double> budget(Metric metric) {
        return Key.of(metric.id(), Forms.quantity(Units.SHARE), "Such as 3%.");
    }

    private static Key<YamlMap> limit(Metric metric) {
        return Key.of(metric.id(), Forms.mapping(Bounds.KEYS), "Limits of the median, in the metric's unit.");
    }

    GateSpec read(YamlMap map, Measure measure, List<TargetDefinition> targets) {
        Key<YamlMap> named = baseline(baselines.keys());
        Baseline baseline = Baseline.none();
        if (map.has(named.name())) {
            YamlMap written = named.in(map);
            baseline = baselines.read(written);
            if (written.keys().stream().noneMatch(written::has)) {
                map.reject(
                        named.name(),
                        "names nothing; give one or more of "
                                + String.join(", ", named.form().keys().names()));
            }
            baseline.problem(targets).ifPresent(problem -> map.reject(named.name(), problem));
        }
        List<Metric> metrics = measure.gated();
        YamlMap budgeted = budgets(metrics).in(map);
        YamlMap bounded = limits(metrics).in(map);
        Map<String, Double> budgets = new LinkedHashMap<>();
        Map<String, Bound> limits = new LinkedHashMap<>();
        for (Metric metric : metrics) {
            Double budget = budget(metric).find(budgeted);
            if (budget != null) {
                budgets.put(metric.id(), budget);
            }
            if (bounded.keys().contains(metric.id())) {
                limits.put(metric.id(), Bounds.read(bounded, limit(metric)));
            }
        }
        return new GateSpec(baseline, budgets, limits);
    }
}
