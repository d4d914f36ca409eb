package dev.bench.analysis;

import dev.bench.result.Launch;
import dev.bench.result.Metric;
import dev.bench.result.Result;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Holds a result with all that was computed of it.
 *
 * @param result the result, with summaries, comparisons and warnings filled in
 * @param launches every launch
 * @param metrics the headline, and the measure's other metrics there are values of, in display order
 * @param series every metric of every target, in display order, the A/A copy last
 * @param pairs every metric of every target against the reference
 * @param margins which differences matter and which can be told from noise, one per metric
 */
public record Analysed(
        Result result,
        List<Launch> launches,
        List<Metric> metrics,
        List<Series> series,
        List<Pair> pairs,
        Map<Metric, Margin> margins) {
    public Analysed {
        launches = List.copyOf(launches);
        metrics = List.copyOf(metrics);
        series = List.copyOf(series);
        pairs = List.copyOf(pairs);
        margins = Map.copyOf(margins);
    }

    /** Returns the metric that a verdict in one sentence speaks of. */
    public Metric headline() {
        return metrics.get(0);
    }

    /** Returns which differences of a metric matter, and which can be told from noise. */
    public Margin margin(Metric metric) {
        return margins.getOrDefault(metric, Margin.ofQuietHost());
    }

    /** Returns the series of a metric, one per target. */
    public List<Series> seriesOf(Metric metric) {
        return series.stream().filter(entry -> entry.metric() == metric).toList();
    }

    /** Returns the pairs of a metric, one per target that is not the reference. */
    public List<Pair> pairsOf(Metric metric) {
        return pairs.stream().filter(entry -> entry.metric() == metric).toList();
    }

    /** Returns a target's pair, empty for the reference itself. */
    public Optional<Pair> pair(Metric metric, String target) {
        return pairsOf(metric).stream()
                .filter(entry -> entry.target().equals(target))
                .findFirst();
    }

    /** Says of every inconclusive comparison of a metric which difference would have been seen, a sentence each. */
    public List<String> undecided(Metric metric) {
        return pairsOf(metric).stream()
                .filter(pair -> comparison(metric, pair.target())
                        .filter(stored -> stored.verdict().equals(Verdict.INCONCLUSIVE.label()))
                        .isPresent())
                .flatMap(pair -> pair.undecided(margin(metric), pairs.size()).stream())
                .toList();
    }

    /** Returns a target's stored summary. */
    public Optional<Result.MetricSummary> summary(Metric metric, String target) {
        return result.metrics().stream()
                .filter(entry ->
                        entry.metric().equals(metric.id()) && entry.target().equals(target))
                .findFirst();
    }

    /** Returns a target's stored comparison, empty for the reference itself. */
    public Optional<Result.Comparison> comparison(Metric metric, String target) {
        return result.comparisons().stream()
                .filter(entry ->
                        entry.metric().equals(metric.id()) && entry.target().equals(target))
                .findFirst();
    }

    /** Returns whether a target, or the target an A/A copy stands for, was emulated. */
    public boolean isEmulated(String target) {
        return result.targets().stream()
                .anyMatch(entry -> entry.emulated()
                        && (entry.name().equals(target)
                                || (target.equals(result.plan().control())
                                        && entry.name().equals(result.plan().reference()))));
    }

    /** Returns whether the name is that of the A/A copy. */
    public boolean isControl(String target) {
        return target.equals(result.plan().control());
    }
}
