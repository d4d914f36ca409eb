package dev.bench.compare;

import dev.bench.analysis.Margin;
import dev.bench.analysis.OrderStatistics;
import dev.bench.analysis.SignedRank;
import dev.bench.result.Metric;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds what all comparisons together say: many small samples that all point the same way are a change that no one of them
 * shows.
 *
 * <p>Wilcoxon's signed-rank test over the logarithms of HEAD / BASE, one per benchmark, turned so that above 1 is worse
 * (Demsar, Statistical Comparisons of Classifiers over Multiple Data Sets, JMLR 7, 2006, 3.1.3). Benchmarks are taken to be
 * independent of each other but for a shift that all of a run share, such as another session of the host: what the margin is
 * for. A host that was slower by more than the margin for the whole of a run cannot be told from slower code.
 *
 * @param benchmarks number of benchmarks
 * @param worse how many of them have an estimate that is worse
 * @param estimate Hodges-Lehmann estimate of the logarithm, above 0 where HEAD is worse
 * @param interval its interval with at least 95 % confidence
 * @param pValue two-sided, of no difference
 * @param margin which difference counts
 * @param outcome the verdict
 */
public record Whole(
        int benchmarks,
        int worse,
        double estimate,
        OrderStatistics.Interval interval,
        double pValue,
        Margin margin,
        Outcome outcome) {
    /** Two-sided p-value below which the whole has changed; stricter than the single comparisons, beside which it stands. */
    public static final double ALPHA = 0.01;

    /** Fewest benchmarks with which the test can reject: 2 / 2^8 = 0.008. */
    public static final int FEWEST = 8;

    /** Judges the logarithms of HEAD / BASE of several benchmarks, above 0 where HEAD is worse; empty where they are too few. */
    static Optional<Whole> of(double[] worsening) {
        if (worsening.length < FEWEST) {
            return Optional.empty();
        }
        SignedRank ranks = new SignedRank(worsening);
        Margin margin = Margin.ofQuietHost();
        double limit = Math.log1p(margin.practical());
        double estimate = ranks.estimate();
        OrderStatistics.Interval interval = ranks.interval();
        double pValue = ranks.pValue();
        Outcome outcome = Outcome.INCONCLUSIVE;
        if (pValue < ALPHA && Math.abs(estimate) > limit) {
            outcome = estimate > 0 ? Outcome.REGRESSED : Outcome.IMPROVED;
        } else if (interval.low() > -limit && interval.high() < limit) {
            outcome = Outcome.EQUIVALENT;
        }
        int worse = (int) Arrays.stream(worsening).filter(change -> change > 0).count();
        return Optional.of(new Whole(worsening.length, worse, estimate, interval, pValue, margin, outcome));
    }

    /**
     * Judges comparisons. Each benchmark with its parameters counts once, however many modes it has; of a result of this tool
     * only the first metric counts, since the others are of the same launches.
     *
     * @param rows those that may be judged
     */
    static Optional<Whole> of(List<Compared> rows, Side.Kind kind) {
        Map<List<String>, List<Double>> benchmarks = new LinkedHashMap<>();
        for (Compared row : rows) {
            boolean counts =
                    kind == Side.Kind.JMH || row.measurand().equals(rows.get(0).measurand());
            Metric.@Nullable Better better = row.measurand().better();
            if (counts && better != null && Double.isFinite(row.shift().estimate())) {
                double sign = better == Metric.Better.LOWER ? 1 : -1;
                String benchmark = kind == Side.Kind.JMH ? benchmark(row) : "";
                benchmarks
                        .computeIfAbsent(List.of(benchmark, row.target()), key -> new ArrayList<>())
                        .add(sign * row.shift().estimate());
            }
        }
        return of(benchmarks.values().stream()
                .mapToDouble(modes -> modes.stream()
                        .mapToDouble(Double::doubleValue)
                        .average()
                        .orElseThrow())
                .toArray());
    }

    /** Returns the name of a benchmark without its mode. */
    private static String benchmark(Compared row) {
        String id = row.measurand().id();
        return id.substring(0, Math.max(0, id.lastIndexOf(':')));
    }

    /** Returns the ratio, above 1 where HEAD is worse. */
    public double ratio() {
        return Math.exp(estimate);
    }
}
