package dev.bench.scenario;

import dev.bench.result.Bound;
import dev.bench.result.Measure;
import dev.bench.result.Metric;
import dev.bench.target.TargetDefinition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads how a scenario judges as a gate. */
final class GateReader {
    static final String KEY = "gate";
    static final String BASELINE = "baseline";
    static final String BUDGETS = "budgets";
    static final String LIMITS = "limits";
    static final List<String> KEYS = List.of(BASELINE, BUDGETS, LIMITS);
    static final String MIN = "min";
    static final String MAX = "max";
    static final List<String> BOUND = List.of(MIN, MAX);
    /** Beyond any figure in milliseconds, MiB or per second. */
    static final double MOST = 1e12;

    private final BaselineReader baselines;

    GateReader(BaselineReader baselines) {
        this.baselines = baselines;
    }

    GateSpec read(YamlMap map, Measure measure, List<TargetDefinition> targets) {
        map.accept(KEYS);
        Baseline baseline = Baseline.none();
        if (map.has(BASELINE)) {
            YamlMap named = map.map(BASELINE);
            baseline = baselines.read(named);
            if (named.keys().stream().noneMatch(named::has)) {
                map.reject(BASELINE, "names nothing; give one or more of " + String.join(", ", baselines.keys()));
            }
            baseline.problem(targets).ifPresent(problem -> map.reject(BASELINE, problem));
        }
        List<String> metrics = measure.gated().stream().map(Metric::id).toList();
        Map<String, Double> budgets = new LinkedHashMap<>();
        YamlMap written = map.map(BUDGETS);
        written.accept(metrics);
        for (String metric : written.keys()) {
            Double budget = written.parse(metric, Units.SHARE_FORM, Units::share);
            if (budget != null) {
                budgets.put(metric, budget);
            }
        }
        Map<String, Bound> limits = new LinkedHashMap<>();
        YamlMap bounds = map.map(LIMITS);
        bounds.accept(metrics);
        bounds.keys().forEach(metric -> limits.put(metric, bound(bounds, metric)));
        return new GateSpec(baseline, budgets, limits);
    }

    private static Bound bound(YamlMap bounds, String metric) {
        YamlMap map = bounds.map(metric);
        map.accept(BOUND);
        Double min = map.decimal(MIN, 0, MOST);
        Double max = map.decimal(MAX, 0, MOST);
        if (BOUND.stream().noneMatch(map.keys()::contains)) {
            bounds.reject(metric, "names no limit; give max, min or both, such as {max: 400}");
        }
        if (min != null && max != null && min > max) {
            map.reject(MIN, min + " is larger than max " + max);
        }
        return new Bound(min, max);
    }
}
