package dev.bench.view.scaleout;

import dev.bench.analysis.OrderStatistics;
import dev.bench.measure.scaleout.ScaleOutTrial;
import dev.bench.measure.scaleout.ScaleOutTrial.LoadPoint;
import dev.bench.result.Count;
import dev.bench.result.Quantile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * Sums up one load on one number of instances over the measured trials.
 *
 * <p>Where the client was the bottleneck in at most half of the trials, the figures are those of the others; where it was
 * in more, they are those of all, and {@link #clientBound} says that they are no result.
 *
 * @param target name of the target
 * @param load what was asked
 * @param instances how many were asked
 * @param n trials the figures are medians of
 * @param skipped trials in which the load could not be applied
 * @param boundTrials trials in which the client was the bottleneck
 * @param offered requests that were to begin per second
 * @param answered right answers per second
 * @param asked requests answered, failed or unanswered, over all these trials
 * @param failed requests failed or unanswered, over all these trials
 * @param response latency from the intended start
 * @param service latency from the moment of sending
 * @param clientBusy share of the window in which the client's threads ran or wanted to run
 * @param clientBound whether the client was the bottleneck in most trials
 */
public record LoadSummary(
        String target,
        String load,
        int instances,
        int n,
        int skipped,
        int boundTrials,
        double offered,
        double answered,
        long asked,
        long failed,
        List<Quantile> response,
        List<Quantile> service,
        double clientBusy,
        boolean clientBound) {
    /** A knee this near to proportional growth is none. */
    private static final double LEAST_BEND = 0.1;

    private static final int LEAST_FOR_KNEE = 3;

    public LoadSummary {
        response = List.copyOf(response);
        service = List.copyOf(service);
    }

    /** Sums up every load of every target, in the order of the trials, instances upwards; warm-up trials are left out. */
    public static List<LoadSummary> of(List<ScaleOutTrial> trials) {
        Map<String, Map<String, TreeMap<Integer, List<LoadPoint>>>> points = new LinkedHashMap<>();
        for (ScaleOutTrial trial : trials) {
            if (!trial.warmup()) {
                trial.points()
                        .forEach(point -> points.computeIfAbsent(trial.target(), name -> new LinkedHashMap<>())
                                .computeIfAbsent(point.load(), name -> new TreeMap<>())
                                .computeIfAbsent(point.instances(), number -> new ArrayList<>())
                                .add(point));
            }
        }
        List<LoadSummary> summaries = new ArrayList<>();
        points.forEach((target, loads) -> loads.forEach(
                (load, numbers) -> numbers.forEach((number, found) -> summaries.add(of(target, load, number, found)))));
        return summaries;
    }

    private static LoadSummary of(String target, String load, int instances, List<LoadPoint> all) {
        List<LoadPoint> applied =
                all.stream().filter(point -> point.skipped() == null).toList();
        List<LoadPoint> results = applied.stream().filter(LoadPoint::isResult).toList();
        int bound = applied.size() - results.size();
        boolean clientBound = bound > results.size();
        List<LoadPoint> used = clientBound ? applied : results;
        return new LoadSummary(
                target,
                load,
                instances,
                used.size(),
                all.size() - applied.size(),
                bound,
                median(used, LoadPoint::offeredPerSecond),
                median(used, LoadPoint::answeredPerSecond),
                used.stream()
                        .mapToLong(point -> point.answered() + point.failed() + point.unanswered())
                        .sum(),
                used.stream()
                        .mapToLong(point -> point.failed() + point.unanswered())
                        .sum(),
                quantiles(used, LoadPoint::response),
                quantiles(used, LoadPoint::service),
                median(used, LoadPoint::clientBusy),
                clientBound);
    }

    private static double median(List<LoadPoint> points, ToDoubleFunction<LoadPoint> value) {
        return points.isEmpty()
                ? Double.NaN
                : OrderStatistics.median(
                        points.stream().mapToDouble(value).sorted().toArray());
    }

    /** Returns the median over the trials at each percentile. */
    private static List<Quantile> quantiles(List<LoadPoint> points, Function<LoadPoint, List<Quantile>> distribution) {
        Map<Double, List<Double>> values = new TreeMap<>();
        for (LoadPoint point : points) {
            distribution
                    .apply(point)
                    .forEach(quantile -> values.computeIfAbsent(quantile.percentile(), percentile -> new ArrayList<>())
                            .add(quantile.ms()));
        }
        List<Quantile> medians = new ArrayList<>();
        values.forEach((percentile, ms) -> medians.add(new Quantile(
                percentile,
                OrderStatistics.median(
                        ms.stream().mapToDouble(Double::doubleValue).sorted().toArray()))));
        return medians;
    }

    /** Says how many requests failed, in words; empty where none did. */
    public String failures() {
        return failed == 0 ? "" : failed + " of " + Count.of(asked, "request") + " failed or had no answer in time";
    }

    /** Returns whether the figures say something of the instances. */
    public boolean isResult() {
        return n > 0 && !clientBound;
    }

    /** Returns a percentile of the latency from the intended start, empty where nothing was answered. */
    public Optional<Double> response(double percentile) {
        return Quantile.at(response, percentile);
    }

    /** Returns a percentile of the latency from the moment of sending, empty where nothing was answered. */
    public Optional<Double> service(double percentile) {
        return Quantile.at(service, percentile);
    }

    /**
     * Returns what each instance answers here as a share of what each answered at the smallest number; empty where
     * either is no result.
     */
    public Optional<Double> efficiency(LoadSummary smallest) {
        if (!isResult() || !smallest.isResult() || smallest.answered == 0) {
            return Optional.empty();
        }
        return Optional.of(answered / instances / (smallest.answered / smallest.instances));
    }

    /**
     * Returns the number of instances behind which more of them add less: the point furthest above the chord of the
     * curve (Satopaa et al., Finding a Kneedle in a Haystack, 2011); empty where there are fewer than three results or
     * the curve does not bend.
     */
    public static Optional<Integer> knee(List<LoadSummary> curve) {
        List<LoadSummary> results = curve.stream()
                .filter(LoadSummary::isResult)
                .sorted(Comparator.comparingInt(LoadSummary::instances))
                .toList();
        if (results.size() < LEAST_FOR_KNEE) {
            return Optional.empty();
        }
        LoadSummary first = results.get(0);
        LoadSummary last = results.get(results.size() - 1);
        double high = results.stream().mapToDouble(LoadSummary::answered).max().orElseThrow();
        double width = last.instances - first.instances;
        double height = high - first.answered;
        if (height <= 0) {
            return Optional.of(first.instances);
        }
        LoadSummary knee = first;
        double bend = 0;
        for (LoadSummary point : results) {
            double above = (point.answered - first.answered) / height - (point.instances - first.instances) / width;
            if (above > bend) {
                bend = above;
                knee = point;
            }
        }
        return bend < LEAST_BEND ? Optional.empty() : Optional.of(knee.instances);
    }
}
