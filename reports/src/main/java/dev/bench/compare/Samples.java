package dev.bench.compare;

import dev.bench.analysis.Measurand;
import dev.bench.analysis.OrderStatistics;
import dev.bench.analysis.Series;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Holds what was measured of one target.
 *
 * @param measurand what was measured
 * @param target name of the target, or the parameters of a benchmark
 * @param emulated whether its CPU was emulated
 * @param points the values, each with its session and block; a fork is a session, an iteration a block
 * @param failures launches without a value
 */
public record Samples(Measurand measurand, String target, boolean emulated, List<Series.Point> points, int failures) {
    public Samples {
        points = List.copyOf(points);
    }

    /** Returns the values in their order. */
    public double[] values() {
        return points.stream().mapToDouble(Series.Point::value).toArray();
    }

    /** Returns the values sorted upwards. */
    public double[] sorted() {
        return points.stream().mapToDouble(Series.Point::value).sorted().toArray();
    }

    /** Returns the median; empty where there is no value. */
    public Optional<Double> median() {
        return points.isEmpty() ? Optional.empty() : Optional.of(OrderStatistics.median(sorted()));
    }

    /** Returns the same in the unit of another measurand, where the two differ in nothing but the unit of time. */
    Samples inUnitOf(Measurand other) {
        OptionalDouble factor = UnitOfTime.factor(measurand.unit(), other.unit());
        if (factor.isEmpty() || measurand.unit().equals(other.unit())) {
            return this;
        }
        Measurand converted = new Measurand(
                measurand.id(), other.unit(), measurand.better(), measurand.title(), measurand.definition());
        return new Samples(
                converted,
                target,
                emulated,
                points.stream()
                        .map(point ->
                                new Series.Point(point.session(), point.block(), point.value() * factor.getAsDouble()))
                        .toList(),
                failures);
    }

    /** Returns the sessions there are values of, in their order. */
    List<Integer> sessions() {
        return points.stream().map(Series.Point::session).distinct().sorted().toList();
    }

    /** Returns the values of one session. */
    Samples ofSession(int session) {
        return new Samples(
                measurand,
                target,
                emulated,
                points.stream().filter(point -> point.session() == session).toList(),
                0);
    }

    /** Returns one value per session, its median, so that values which depend on each other count once. */
    Samples sessionMedians() {
        return new Samples(
                measurand,
                target,
                emulated,
                sessions().stream()
                        .map(session -> new Series.Point(
                                1, session, ofSession(session).median().orElseThrow()))
                        .toList(),
                failures);
    }
}
