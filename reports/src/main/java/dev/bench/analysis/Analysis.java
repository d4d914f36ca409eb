package dev.bench.analysis;

import dev.bench.result.Count;
import dev.bench.result.Launch;
import dev.bench.result.Result;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Computes everything a report says from a stored result and its launches. */
public final class Analysis {
    private static final int FEW_BLOCKS = 10;
    /** What JMH measured of a launch beside its metrics. */
    private static final String OF_JMH = "jmh.";

    private Analysis() {}

    /** Analyses a result. Statistics already in it are replaced. */
    public static Analysed of(Result result, List<Launch> launches) {
        return of(result, launches, List.of());
    }

    /**
     * Analyses a result. Statistics already in it are replaced.
     *
     * @param furtherWarnings what a reader must know of what was recorded beside the launches
     */
    public static Analysed of(Result result, List<Launch> launches, List<String> furtherWarnings) {
        Set<String> names = new LinkedHashSet<>();
        result.targets().forEach(target -> names.add(target.name()));
        launches.forEach(launch -> names.add(launch.target()));
        String control = result.plan().control();
        if (control != null && names.remove(control)) {
            names.add(control);
        }
        List<Measurand> metrics = metrics(result, launches);
        Measurand headline = metrics.get(0);
        List<Series> series = new ArrayList<>();
        List<Pair> pairs = new ArrayList<>();
        for (Measurand metric : metrics) {
            Series reference = Series.of(metric, result.plan().reference(), launches);
            for (String name : names) {
                Series own = Series.of(metric, name, launches);
                series.add(own);
                if (!name.equals(result.plan().reference())) {
                    pairs.add(Pair.of(reference, own));
                }
            }
        }
        Map<String, Margin> margins = new HashMap<>();
        metrics.forEach(metric -> margins.put(metric.id(), margin(metric, pairs, control)));
        List<Result.Comparison> comparisons = judge(pairs, margins);
        List<String> warnings = new ArrayList<>(result.warnings());
        warn(result, headline, series, pairs, comparisons, margins, warnings);
        warnings.addAll(furtherWarnings);
        Result analysed = result.withAnalysis(
                series.stream().map(Series::summary).toList(),
                comparisons,
                warnings.stream().distinct().toList());
        return new Analysed(analysed, launches, metrics, series, pairs, margins);
    }

    /**
     * Returns the headline, which is there even without a value since failures are counted on it, and what has values. Where
     * a scenario may leave out what the headline is about, the first that has values stands for it.
     */
    private static List<Measurand> metrics(Result result, List<Launch> launches) {
        Set<String> valued = new TreeSet<>();
        launches.forEach(launch -> valued.addAll(launch.values().keySet()));
        String measure = result.scenario().measure();
        List<Measurand> known = Measurands.of(measure);
        Optional<Measurand> first = known.stream()
                .filter(metric -> Measurands.isHeadlineOptional(measure) && valued.contains(metric.id()))
                .findFirst()
                .or(() -> known.stream().findFirst());
        return known.isEmpty()
                ? ofOtherVersion(result, valued)
                : Stream.concat(
                                known.stream()
                                        .filter(metric ->
                                                first.filter(metric::equals).isPresent()
                                                        || valued.contains(metric.id())),
                                valued.stream().flatMap(id -> Measurands.of(measure, id).stream()))
                        .distinct()
                        .toList();
    }

    /**
     * Returns the metrics of a measure that this version does not know: those in the summary that the other version left,
     * in its order, or else every value that a launch has.
     */
    private static List<Measurand> ofOtherVersion(Result result, Set<String> valued) {
        Set<String> ids = new LinkedHashSet<>();
        result.metrics().forEach(summary -> ids.add(summary.metric()));
        if (ids.isEmpty()) {
            valued.stream().filter(id -> !id.startsWith(OF_JMH)).forEach(ids::add);
        }
        if (ids.isEmpty()) {
            ids.add(result.scenario().measure());
        }
        return ids.stream().map(Measurands::named).toList();
    }

    /** Returns the margin with the bar of the metric's own A/A row: some metrics are noisier than others. */
    private static Margin margin(Measurand metric, List<Pair> pairs, @Nullable String control) {
        return pairs.stream()
                .filter(pair ->
                        pair.metric().equals(metric) && pair.target().equals(control) && pair.interval() != null)
                .findFirst()
                .map(pair -> Margin.of(null, pair.halfWidth(), null))
                .orElse(Margin.ofQuietHost());
    }

    private static List<Result.Comparison> judge(List<Pair> pairs, Map<String, Margin> margins) {
        double[] adjusted = Holm.adjust(pairs.stream().map(Pair::pValue).toList());
        List<Result.Comparison> comparisons = new ArrayList<>();
        for (int i = 0; i < adjusted.length; i++) {
            Pair pair = pairs.get(i);
            Margin margin = margins.getOrDefault(pair.metric().id(), Margin.ofQuietHost());
            comparisons.add(pair.stored(pair.shift().verdict(margin, adjusted[i] < Holm.ALPHA)));
        }
        return comparisons;
    }

    private static void warn(
            Result result,
            Measurand headline,
            List<Series> series,
            List<Pair> pairs,
            List<Result.Comparison> comparisons,
            Map<String, Margin> margins,
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
        for (Series own : series) {
            if (!own.metric().equals(headline)) {
                continue;
            }
            if (own.failures() > 0) {
                warnings.add(own.failures() + " of "
                        + Count.of(own.failures() + own.points().size(), "launch of target", "launches of target")
                        + " "
                        + own.target() + " failed; see the failures below");
            }
            own.drift()
                    .ifPresent(ratio -> warnings.add(String.format(
                            Locale.ROOT,
                            "target %s changed during the run: the second half is %.2f times the first; quiet the host"
                                    + " and run again",
                            own.target(),
                            ratio)));
        }
        for (Pair pair : pairs) {
            OrderStatistics.Interval interval = pair.interval();
            if (pair.metric().equals(headline)
                    && pair.target().equals(result.plan().control())
                    && interval != null
                    && (interval.low() > 0 || interval.high() < 0)) {
                warnings.add("two copies of the same target differ (A/A row): the host is not quiet enough for small"
                        + " differences");
            }
        }
        Margin margin = margins.getOrDefault(headline.id(), Margin.ofQuietHost());
        for (int i = 0; i < comparisons.size(); i++) {
            Pair pair = pairs.get(i);
            if (pair.metric().equals(headline) && comparisons.get(i).verdict().equals(Verdict.INCONCLUSIVE.label())) {
                pair.undecided(margin, pairs.size()).ifPresent(warnings::add);
            }
        }
    }
}
