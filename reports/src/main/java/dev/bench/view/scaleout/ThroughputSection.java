package dev.bench.view.scaleout;

import dev.bench.analysis.Analysed;
import dev.bench.chart.CurvePlot;
import dev.bench.chart.PercentilePlot;
import dev.bench.chart.Values;
import dev.bench.document.Block;
import dev.bench.document.Column;
import dev.bench.document.Numbers;
import dev.bench.document.Span;
import dev.bench.measure.scaleout.ScaleOutTrial;
import dev.bench.measure.scaleout.ScaleOutTrial.LoadPoint;
import dev.bench.result.Count;
import dev.bench.result.Quantile;
import dev.bench.view.Names;
import dev.bench.view.ReportContext;
import dev.bench.view.Section;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Shows what instances answer together: requests per second and latency over their number, and what a bound allows. */
final class ThroughputSection implements Section {
    private static final String UNIT = "ms";
    private static final String RATE = "1/s";
    private static final double TAIL = 99;
    private static final Span BOUND = new Span.Badge("client-bound, no result");
    private static final List<Column> HEAD = Column.texts(
            "target",
            "instances",
            "offered",
            "answered",
            "efficiency",
            "failed",
            "median",
            "p99",
            "p99 service",
            "client busy",
            "trials",
            "client-bound trials",
            "not applied");

    @Override
    public String title() {
        return "Throughput";
    }

    @Override
    public List<Block> blocks(ReportContext context) {
        List<LoadSummary> all = LoadSummary.of(ScaleOutView.trials(context));
        if (all.isEmpty()) {
            return List.of();
        }
        Analysed analysed = context.analysed();
        List<Block> blocks = new ArrayList<>();
        blocks.add(Block.text(
                "Medians over the trials. Latency counts from the intended start of a request; the service time,"
                        + " which forgets the waiting for a free connection, stands beside it. A point is client-bound"
                        + " where the load generator had no idle time left or was itself late: it says how fast the client"
                        + " is, is drawn hollow, and is no result."));
        density(blocks, analysed, ScaleOutView.trials(context));
        saturation(blocks, analysed, of(all, LoadPoint.CLOSED));
        Set<String> open = new LinkedHashSet<>();
        all.stream()
                .map(LoadSummary::load)
                .filter(load -> !load.equals(LoadPoint.CLOSED))
                .forEach(open::add);
        for (String load : open) {
            latency(blocks, analysed, load, of(all, load));
            percentiles(blocks, analysed, load, of(all, load));
        }
        return blocks;
    }

    private static List<LoadSummary> of(List<LoadSummary> all, String load) {
        return all.stream().filter(summary -> summary.load().equals(load)).toList();
    }

    private static Map<String, List<LoadSummary>> byTarget(List<LoadSummary> summaries) {
        return summaries.stream()
                .collect(Collectors.groupingBy(LoadSummary::target, LinkedHashMap::new, Collectors.toList()));
    }

    private static void density(List<Block> blocks, Analysed analysed, List<ScaleOutTrial> trials) {
        List<DensitySummary> all = DensitySummary.of(trials);
        if (all.isEmpty()) {
            return;
        }
        DensitySummary any = all.get(0);
        blocks.add(Block.table(
                String.format(
                        Locale.ROOT, "Instances within p99 ≤ %s at %s", Numbers.value(any.sloMs(), UNIT), any.load()),
                Column.texts("target", "instances (median)", "range", "why not more (most often)", "trials"),
                all.stream().map(summary -> row(analysed, summary)).toList()));
    }

    private static List<Span> row(Analysed analysed, DensitySummary density) {
        return List.of(
                Names.span(analysed, density.target()),
                new Span.Strong(new Span.Value(density.median(), "")),
                new Span.Interval(density.least(), density.most(), ""),
                new Span.Wrapped(density.stop()),
                new Span.Count(density.n()));
    }

    private static void saturation(List<Block> blocks, Analysed analysed, List<LoadSummary> summaries) {
        if (summaries.stream().noneMatch(summary -> summary.n() > 0)) {
            return;
        }
        List<CurvePlot.Curve> curves = new ArrayList<>();
        List<String> knees = new ArrayList<>();
        byTarget(summaries).forEach((target, points) -> {
            String name = Names.plain(analysed, target);
            curves.add(curve(name, points, summary -> Optional.of(summary.answered())));
            knees.add(name + ": "
                    + LoadSummary.knee(points)
                            .map(knee -> "knee at " + knee)
                            .orElse(
                                    points.stream()
                                                            .filter(LoadSummary::isResult)
                                                            .count()
                                                    < 3
                                            ? "too few results for a knee"
                                            : "no knee"));
        });
        String title = "Requests per second over instances, closed loop";
        blocks.add(new Block.Figure(
                title,
                "Every connection asks again as soon as it has its answer, so the latency of this loop is no measure. "
                        + String.join("; ", knees) + ".",
                CurvePlot.draw(title, "instances", "right answers per second", curves),
                Block.table(HEAD, rows(analysed, summaries))));
    }

    private static void latency(List<Block> blocks, Analysed analysed, String load, List<LoadSummary> summaries) {
        if (summaries.stream().allMatch(summary -> summary.response().isEmpty())) {
            return;
        }
        List<CurvePlot.Curve> curves = new ArrayList<>();
        byTarget(summaries)
                .forEach((target, points) ->
                        curves.add(curve(Names.plain(analysed, target), points, summary -> summary.response(TAIL))));
        String title = "Latency over instances, open loop, " + load;
        blocks.add(new Block.Figure(
                title,
                "99th percentile from the intended start, at evenly spaced requests that wait for no answer.",
                CurvePlot.draw(title, "instances", "p99, ms", curves),
                Block.table(HEAD, rows(analysed, summaries))));
    }

    private static CurvePlot.Curve curve(
            String name, List<LoadSummary> points, Function<LoadSummary, Optional<Double>> value) {
        List<LoadSummary> shown = points.stream()
                .filter(point -> point.n() > 0 && value.apply(point).isPresent())
                .toList();
        double[] x = shown.stream().mapToDouble(LoadSummary::instances).toArray();
        double[] y = shown.stream()
                .mapToDouble(point -> value.apply(point).orElseThrow())
                .toArray();
        return new CurvePlot.Curve(
                new Values(name, x, y),
                shown.stream().map(LoadSummary::clientBound).toList());
    }

    private static List<List<Span>> rows(Analysed analysed, List<LoadSummary> summaries) {
        List<List<Span>> rows = new ArrayList<>();
        byTarget(summaries).forEach((target, points) -> {
            for (LoadSummary point : points) {
                boolean any = point.n() > 0;
                rows.add(List.of(
                        name(analysed, point),
                        new Span.Count(point.instances()),
                        any ? new Span.Value(point.offered(), RATE) : Span.none(),
                        any ? new Span.Value(point.answered(), RATE) : Span.none(),
                        new Span.Percent(point.efficiency(points.get(0)).orElse(null)),
                        new Span.Failures(point.failed()),
                        new Span.Value(point.response(50).orElse(null), UNIT),
                        new Span.Value(point.response(TAIL).orElse(null), UNIT),
                        new Span.Value(point.service(TAIL).orElse(null), UNIT),
                        any ? new Span.Percent(point.clientBusy()) : Span.none(),
                        new Span.Count(point.n()),
                        new Span.Count(point.boundTrials()),
                        new Span.Count(point.skipped())));
            }
        });
        return rows;
    }

    /** Names a target, with a mark where the client was the bottleneck. */
    private static Span name(Analysed analysed, LoadSummary summary) {
        Span name = Names.span(analysed, summary.target());
        return summary.clientBound() ? Span.phrase(name, Span.text(" "), BOUND) : name;
    }

    /** Draws the distributions at the largest number of instances, where they differ most. */
    private static void percentiles(List<Block> blocks, Analysed analysed, String load, List<LoadSummary> summaries) {
        int most = summaries.stream()
                .filter(summary -> !summary.response().isEmpty())
                .mapToInt(LoadSummary::instances)
                .max()
                .orElse(0);
        List<Values> curves = new ArrayList<>();
        List<List<Span>> rows = new ArrayList<>();
        List<Double> percentiles = List.of(50.0, 90.0, 99.0, 99.9, 100.0);
        for (LoadSummary summary : summaries) {
            if (summary.instances() != most || summary.response().isEmpty()) {
                continue;
            }
            String name = Names.plain(analysed, summary.target()) + (summary.clientBound() ? " (client-bound)" : "");
            curves.add(distribution(name, summary.response()));
            curves.add(distribution(name + ", service", summary.service()));
            Span target = name(analysed, summary);
            rows.add(distributionRow(target, percentiles, summary::response));
            rows.add(distributionRow(Span.phrase(target, Span.text(", service")), percentiles, summary::service));
        }
        String title = "Latency by percentile, " + load + ", " + Count.of(most, "instance");
        blocks.add(new Block.Figure(
                title,
                "Each step to the right leaves out nine of ten of the remaining requests. From the intended start, and"
                        + " beside it the service time: where the two part, requests waited for a connection.",
                PercentilePlot.draw(title, "ms", curves),
                Block.table(Column.texts("target", "median", "p90", "p99", "p99.9", "largest"), rows)));
    }

    private static Values distribution(String name, List<Quantile> quantiles) {
        List<Quantile> shown = quantiles.stream()
                .sorted(Comparator.comparingDouble(Quantile::percentile))
                .toList();
        return new Values(
                name,
                shown.stream().mapToDouble(Quantile::percentile).toArray(),
                shown.stream().mapToDouble(Quantile::ms).toArray());
    }

    private static List<Span> distributionRow(
            Span name, List<Double> percentiles, Function<Double, Optional<Double>> value) {
        List<Span> row = new ArrayList<>(List.of(name));
        percentiles.forEach(
                percentile -> row.add(new Span.Value(value.apply(percentile).orElse(null), UNIT)));
        return row;
    }
}
