package dev.bench.analysis;

import dev.bench.result.Launch;
import dev.bench.result.Result;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.DoublePredicate;
import org.apache.commons.statistics.inference.MannWhitneyUTest;

/**
 * Holds the measured values of one metric on one target, in launch order.
 *
 * @param metric the metric
 * @param target the target, or its A/A copy
 * @param points one per successful measured launch
 * @param failures failed measured launches
 */
public record Series(Measurand metric, String target, List<Point> points, int failures) {
    /** |x - median| / MAD beyond which a sample is flagged: ten standard deviations of a normal distribution. */
    private static final double OUTLIER = 14.826;

    private static final double STATIONARITY_P = 0.01;
    private static final int LEAST_FOR_STATIONARITY = 10;

    public Series {
        points = List.copyOf(points);
    }

    /**
     * Holds one sample.
     *
     * @param session session
     * @param block block
     * @param value value in the metric's unit
     */
    public record Point(int session, int block, double value) {
        long key() {
            return ((long) session << 32) | block;
        }
    }

    /** Gathers a metric's series for a target; warm-up launches are left out, failures are counted. */
    static Series of(Measurand metric, String target, List<Launch> launches) {
        List<Point> points = new ArrayList<>();
        int failures = 0;
        for (Launch launch : launches) {
            if (launch.warmup() || !launch.target().equals(target)) {
                continue;
            }
            Double value = launch.values().get(metric.id());
            if (!launch.ok()) {
                failures++;
            } else if (value != null) {
                points.add(new Point(launch.session(), launch.block(), value));
            }
        }
        return new Series(metric, target, points, failures);
    }

    /** Returns the values sorted upwards. */
    public double[] sorted() {
        return points.stream().mapToDouble(Point::value).sorted().toArray();
    }

    /** Returns what tells whether a sample is flagged; flagged samples are shown, never dropped. */
    public DoublePredicate outlier() {
        double[] sorted = sorted();
        return sorted.length == 0
                ? value -> false
                : outlier(OrderStatistics.median(sorted), OrderStatistics.medianAbsoluteDeviation(sorted));
    }

    private static DoublePredicate outlier(double median, double deviation) {
        return value -> deviation > 0 && Math.abs(value - median) / deviation > OUTLIER;
    }

    /** Returns the stored summary. */
    Result.MetricSummary summary() {
        double[] sorted = sorted();
        if (sorted.length == 0) {
            return new Result.MetricSummary(
                    metric.id(), metric.unit(), target, 0, failures, null, null, null, null, null, null, 0);
        }
        double median = OrderStatistics.median(sorted);
        double deviation = OrderStatistics.medianAbsoluteDeviation(sorted);
        Optional<OrderStatistics.Interval> interval = OrderStatistics.medianInterval(sorted);
        return new Result.MetricSummary(
                metric.id(),
                metric.unit(),
                target,
                sorted.length,
                failures,
                median,
                interval.map(OrderStatistics.Interval::low).orElse(null),
                interval.map(OrderStatistics.Interval::high).orElse(null),
                deviation,
                sorted[0],
                sorted[sorted.length - 1],
                (int) Arrays.stream(sorted).filter(outlier(median, deviation)).count());
    }

    /**
     * Returns the ratio of the second half's median to the first half's where the two halves differ (Mann-Whitney, p
     * under 0.01), empty where they do not or there are under ten samples.
     */
    public Optional<Double> drift() {
        if (points.size() < LEAST_FOR_STATIONARITY) {
            return Optional.empty();
        }
        int middle = points.size() / 2;
        double[] first = points.subList(0, middle).stream()
                .mapToDouble(Point::value)
                .sorted()
                .toArray();
        double[] second = points.subList(middle, points.size()).stream()
                .mapToDouble(Point::value)
                .sorted()
                .toArray();
        double p = MannWhitneyUTest.withDefaults().test(first, second).getPValue();
        return p < STATIONARITY_P
                ? Optional.of(OrderStatistics.median(second) / OrderStatistics.median(first))
                : Optional.empty();
    }
}
