package dev.bench.analysis;

import dev.bench.result.Launch;
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
 * @param margins which differences matter and which can be told from noise, by the id of a metric
 */
public record Analysed(
        Result result,
        List<Launch> launches,
        List<Measurand> metrics,
        List<Series> series,
        List<Pair> pairs,
        Map<String, Margin> margins) {
    public Analysed {
        launches = List.copyOf(launches);
        metrics = List.copyOf(metrics);
        series = List.copyOf(series);
        pairs = List.copyOf(pairs);
        margins = Map.copyOf(margins);
    }

    /** Returns the metric that a verdict in one sentence speaks of. */
    public Measurand headline() {
        return metrics.get(0);
    }

    /** Returns which differences of a metric matter, and which can be told from noise. */
    public Margin margin(Measurand metric) {
        return margins.getOrDefault(metric.id(), Margin.ofQuietHost());
    }

    /** Returns the series of a metric by its stored name, one per target. */
    public List<Series> seriesOf(String metric) {
        return series.stream()
                .filter(entry -> entry.metric().id().equals(metric))
                .toList();
    }

    /** Returns the pairs of a metric by its stored name, one per target that is not the reference. */
    public List<Pair> pairsOf(String metric) {
        return pairs.stream()
                .filter(entry -> entry.metric().id().equals(metric))
                .toList();
    }

    /** Returns a target's pair, empty for the reference itself. */
    public Optional<Pair> pair(String metric, String target) {
        return pairsOf(metric).stream()
                .filter(entry -> entry.target().equals(target))
                .findFirst();
    }

    /** Says of every inconclusive comparison of a metric which difference would have been seen, a sentence each. */
    public List<String> undecided(Measurand metric) {
        return pairsOf(metric.id()).stream()
                .filter(pair -> comparison(metric.id(), pair.target())
                        .filter(stored -> stored.verdict().equals(Verdict.INCONCLUSIVE.label()))
                        .isPresent())
                .flatMap(pair -> pair.undecided(margin(metric), pairs.size()).stream())
                .toList();
    }

    /** Returns a target's stored summary. */
    public Optional<Result.MetricSummary> summary(String metric, String target) {
        return result.metrics().stream()
                .filter(entry -> entry.metric().equals(metric) && entry.target().equals(target))
                .findFirst();
    }

    /** Returns how many launches of a target failed in the discarded blocks, which no summary counts. */
    public long failedBeforeMeasuring(String target) {
        return launches.stream()
                .filter(launch ->
                        launch.warmup() && !launch.ok() && launch.target().equals(target))
                .count();
    }

    /** Returns a target's stored comparison, empty for the reference itself. */
    public Optional<Result.Comparison> comparison(String metric, String target) {
        return result.comparisons().stream()
                .filter(entry -> entry.metric().equals(metric) && entry.target().equals(target))
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
