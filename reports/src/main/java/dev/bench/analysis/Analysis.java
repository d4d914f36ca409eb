package dev.bench.analysis;

import dev.bench.result.Count;
import dev.bench.result.Launch;
import dev.bench.result.Measure;
import dev.bench.result.Metric;
import dev.bench.result.Result;
import dev.bench.result.ScaleOutTrial;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Computes everything a report says from a stored result and its launches. */
public final class Analysis {
    private static final int FEW_BLOCKS = 10;

    private Analysis() {}

    /** Analyses a result. Statistics already in it are replaced. */
    public static Analysed of(Result result, List<Launch> launches) {
        return of(result, launches, List.of());
    }

    /**
     * Analyses a result. Statistics already in it are replaced.
     *
     * @param scaleOut every trial of scale-out; none where another measure was taken
     */
    public static Analysed of(Result result, List<Launch> launches, List<ScaleOutTrial> scaleOut) {
        Set<String> names = new LinkedHashSet<>();
        result.targets().forEach(target -> names.add(target.name()));
        launches.forEach(launch -> names.add(launch.target()));
        String control = result.plan().control();
        if (control != null && names.remove(control)) {
            names.add(control);
        }
        Measure measure = Measure.byLabel(result.scenario().measure()).orElse(Measure.STARTUP);
        Metric headline = measure.headline();
        // The headline is there even without a value: failures are counted on it.
        List<Metric> metrics = measure.metrics().stream()
                .filter(metric -> metric == headline
                        || launches.stream().anyMatch(launch -> launch.values().containsKey(metric.id())))
                .toList();
        List<Series> series = new ArrayList<>();
        List<Pair> pairs = new ArrayList<>();
        for (Metric metric : metrics) {
            Series reference = Series.of(metric, result.plan().reference(), launches);
            for (String name : names) {
                Series one = Series.of(metric, name, launches);
                series.add(one);
                if (!name.equals(result.plan().reference())) {
                    pairs.add(Pair.of(reference, one));
                }
            }
        }
        Map<Metric, Margin> margins = new EnumMap<>(Metric.class);
        metrics.forEach(metric -> margins.put(metric, margin(metric, pairs, control)));
        List<Result.Comparison> comparisons = judge(pairs, margins);
        List<String> warnings = new ArrayList<>(result.warnings());
        warn(result, headline, series, pairs, comparisons, margins, warnings);
        for (LoadSummary load : LoadSummary.of(scaleOut)) {
            if (load.failed() > 0) {
                warnings.add(load.failures() + ": target " + load.target() + ", "
                        + Count.of(load.instances(), "instance") + ", " + load.load()
                        + "; they count in no figure, see Throughput");
            }
        }
        Result analysed = result.withAnalysis(
                series.stream().map(Series::summary).toList(),
                comparisons,
                warnings.stream().distinct().toList());
        return new Analysed(analysed, launches, metrics, series, pairs, margins);
    }

    /** Returns the margin with the bar of the metric's own A/A row: some metrics are noisier than others. */
    private static Margin margin(Metric metric, List<Pair> pairs, @Nullable String control) {
        return pairs.stream()
                .filter(pair -> pair.metric() == metric && pair.target().equals(control) && pair.interval() != null)
                .findFirst()
                .map(pair -> Margin.of(null, pair.halfWidth(), null))
                .orElse(Margin.ofQuietHost());
    }

    private static List<Result.Comparison> judge(List<Pair> pairs, Map<Metric, Margin> margins) {
        double[] adjusted = Holm.adjust(pairs.stream().map(Pair::pValue).toList());
        List<Result.Comparison> comparisons = new ArrayList<>();
        for (int i = 0; i < adjusted.length; i++) {
            Pair pair = pairs.get(i);
            Margin margin = margins.getOrDefault(pair.metric(), Margin.ofQuietHost());
            comparisons.add(pair.stored(pair.shift().verdict(margin, adjusted[i] < Holm.ALPHA)));
        }
        return comparisons;
    }

    private static void warn(
            Result result,
            Metric headline,
            List<Series> series,
            List<Pair> pairs,
            List<Result.Comparison> comparisons,
            Map<Metric, Margin> margins,
            List<String> warnings) {
        int blocks = result.plan().blocks();
        if (blocks < FEW_BLOCKS) {
            warnings.add("only " + Count.of(blocks, "block")
                    + ": intervals are wide or missing; use 10 at least, 20 to tell small differences");
        }
        result.targets().stream()
                .filter(Result.TargetFacts::emulated)
                .forEach(target -> warnings.add("the CPU of target " + target.name()
                        + " was emulated: its times are no measure of a virtual machine on hardware; "
                        + target.facts().getOrDefault("accelerator", "use a host with KVM")));
        for (Series one : series) {
            if (one.metric() != headline) {
                continue;
            }
            if (one.failures() > 0) {
                warnings.add(one.failures() + " of "
                        + Count.of(one.failures() + one.points().size(), "launch of target", "launches of target")
                        + " "
                        + one.target() + " failed; see the failures below");
            }
            one.drift()
                    .ifPresent(ratio -> warnings.add(String.format(
                            Locale.ROOT,
                            "target %s changed during the run: the second half is %.2f times the first; quiet the host"
                                    + " and run again",
                            one.target(),
                            ratio)));
        }
        for (Pair pair : pairs) {
            OrderStatistics.Interval interval = pair.interval();
            if (pair.metric() == headline
                    && pair.target().equals(result.plan().control())
                    && interval != null
                    && (interval.low() > 0 || interval.high() < 0)) {
                warnings.add("two copies of the same target differ (A/A row): the host is not quiet enough for small"
                        + " differences");
            }
        }
        Margin margin = margins.getOrDefault(headline, Margin.ofQuietHost());
        for (int i = 0; i < comparisons.size(); i++) {
            Pair pair = pairs.get(i);
            if (pair.metric() == headline && comparisons.get(i).verdict().equals(Verdict.INCONCLUSIVE.label())) {
                pair.undecided(margin, pairs.size()).ifPresent(warnings::add);
            }
        }
    }
}
