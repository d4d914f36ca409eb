package dev.bench.history;

import dev.bench.analysis.ChangePoints;
import dev.bench.analysis.Measurands;
import dev.bench.analysis.WindowCache;
import dev.bench.result.Metric;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Joins the runs of one subject into a line. Runs on hosts of another class, of other targets, or whose processor was
 * emulated where that of others was not, have another subject and never share a line.
 *
 * @param subject what was measured on what
 * @param runs every run, oldest first
 * @param changes where a median changed, oldest first; advisory
 */
public record Trend(Run.Subject subject, List<Run> runs, List<Change> changes) {
    private static final double LARGEST = 1e15;

    public Trend {
        runs = List.copyOf(runs);
        changes = List.copyOf(changes);
    }

    /**
     * Describes a change of one metric on one target.
     *
     * @param metric stored name of the metric
     * @param unit unit of the metric
     * @param target name of the target
     * @param run name of the first run at the new level
     * @param startedAt when that run started, ISO-8601 in UTC
     * @param before median of the medians from the change before to this one
     * @param after median of the medians from this change to the next
     * @param differences what else differs between that run and the one before it, a phrase each
     */
    public record Change(
            String metric,
            String unit,
            String target,
            String run,
            String startedAt,
            double before,
            double after,
            List<String> differences) {
        public Change {
            differences = List.copyOf(differences);
        }

        /** Returns the relative change, 0.1 for ten percent more. */
        public double relative() {
            return after / before - 1;
        }

        /** Says whether the change is for the better, in a word; higher or lower where the metric is not known. */
        public String direction() {
            return Measurands.byId(metric)
                    .map(known -> (after < before) == (known.better() == Metric.Better.LOWER) ? "better" : "worse")
                    .orElse(after < before ? "lower" : "higher");
        }
    }

    /** Groups runs by subject, in the order of their first run; the runs are given oldest first. */
    public static Map<Run.Subject, List<Run>> bySubject(List<Run> runs) {
        Map<Run.Subject, List<Run>> subjects = new LinkedHashMap<>();
        runs.forEach(run -> subjects.computeIfAbsent(run.subject(), subject -> new ArrayList<>())
                .add(run));
        return subjects;
    }

    /** Finds the changes in the runs of a subject, given oldest first; what the cache knows is not searched again. */
    public static Trend of(Run.Subject subject, List<Run> runs, WindowCache cache) {
        List<Change> changes = metrics(runs).parallelStream()
                .flatMap(metric ->
                        subject.targets().stream().flatMap(target -> changes(runs, metric, target.name(), cache)))
                .sorted(Comparator.comparing(Change::startedAt))
                .toList();
        return new Trend(subject, runs, changes);
    }

    private static Stream<Change> changes(List<Run> runs, String metric, String target, WindowCache cache) {
        List<Run> line = line(runs, metric, target);
        double[] medians =
                line.stream().mapToDouble(run -> median(run, metric, target)).toArray();
        return ChangePoints.of(medians, cache).stream().map(change -> change(metric, target, line, change));
    }

    private static Change change(String metric, String target, List<Run> line, ChangePoints.Change change) {
        Run run = line.get(change.index());
        Run.Value value = run.value(metric, target);
        return new Change(
                metric,
                value == null ? "" : value.unit(),
                target,
                run.name(),
                run.startedAt(),
                change.before(),
                change.after(),
                differences(line.get(change.index() - 1).facts(), run.facts()));
    }

    private static List<String> differences(Map<String, String> before, Map<String, String> after) {
        Set<String> names = new LinkedHashSet<>(after.keySet());
        names.addAll(before.keySet());
        List<String> differences = new ArrayList<>();
        for (String name : names) {
            String old = before.getOrDefault(name, "not stated");
            String now = after.getOrDefault(name, "not stated");
            if (!old.equals(now)) {
                differences.add(name + ": " + old + " → " + now);
            }
        }
        return differences;
    }

    /** Returns the metrics that any of the runs has, in stored order. */
    public List<String> metrics() {
        return metrics(runs);
    }

    private static List<String> metrics(List<Run> runs) {
        Set<String> metrics = new LinkedHashSet<>();
        runs.forEach(run -> run.values().forEach(value -> metrics.add(value.metric())));
        return List.copyOf(metrics);
    }

    /** Returns the runs whose median makes up the line: those that ended as planned and have one. */
    public List<Run> line(String metric, String target) {
        return line(runs, metric, target);
    }

    private static List<Run> line(List<Run> runs, String metric, String target) {
        return runs.stream()
                .filter(run -> !run.partial() && !Double.isNaN(median(run, metric, target)))
                .toList();
    }

    private static double median(Run run, String metric, String target) {
        Run.Value value = run.value(metric, target);
        Double median = value == null ? null : value.median();
        // What no measurement gives would leave the plot no scale.
        return median == null || Math.abs(median) > LARGEST ? Double.NaN : median;
    }

    /** Returns the changes of a metric. */
    public List<Change> changesOf(String metric) {
        return changes.stream().filter(change -> change.metric().equals(metric)).toList();
    }
}
