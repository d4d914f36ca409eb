package dev.bench.view.scaleout;

import dev.bench.analysis.Analysed;
import dev.bench.chart.Charts;
import dev.bench.document.Html;
import dev.bench.document.Numbers;
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
    private static final String BOUND = " <span class=\"badge\">client-bound, no result</span>";
    private static final List<String> HEAD = List.of(
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
    public Optional<String> render(ReportContext context) {
        List<LoadSummary> all = LoadSummary.of(ScaleOutView.trials(context));
        if (all.isEmpty()) {
            return Optional.empty();
        }
        Analysed analysed = context.analysed();
        Html html = new Html();
        html.raw("<p>")
                .text("Medians over the trials. Latency counts from the intended start of a request; the service time,"
                        + " which forgets the waiting for a free connection, stands beside it. A point is client-bound"
                        + " where the load generator had no idle time left or was itself late: it says how fast the client"
                        + " is, is drawn hollow, and is no result.")
                .raw("</p>");
        density(html, analysed, ScaleOutView.trials(context));
        saturation(html, analysed, of(all, LoadPoint.CLOSED));
        Set<String> open = new LinkedHashSet<>();
        all.stream()
                .map(LoadSummary::load)
                .filter(load -> !load.equals(LoadPoint.CLOSED))
                .forEach(open::add);
        for (String load : open) {
            latency(html, analysed, load, of(all, load));
            percentiles(html, analysed, load, of(all, load));
        }
        return Optional.of(html.toString());
    }

    private static List<LoadSummary> of(List<LoadSummary> all, String load) {
        return all.stream().filter(summary -> summary.load().equals(load)).toList();
    }

    private static Map<String, List<LoadSummary>> byTarget(List<LoadSummary> summaries) {
        return summaries.stream()
                .collect(Collectors.groupingBy(LoadSummary::target, LinkedHashMap::new, Collectors.toList()));
    }

    private static void density(Html html, Analysed analysed, List<ScaleOutTrial> trials) {
        List<DensitySummary> all = DensitySummary.of(trials);
        if (all.isEmpty()) {
            return;
        }
        DensitySummary any = all.get(0);
        html.table(
                String.format(
                        Locale.ROOT, "Instances within p99 ≤ %s at %s", Numbers.value(any.sloMs(), UNIT), any.load()),
                List.of("target", "instances (median)", "range", "why not more (most often)", "trials"),
                all.stream().map(one -> row(analysed, one)).toList());
    }

    private static List<String> row(Analysed analysed, DensitySummary density) {
        return List.of(
                Names.html(analysed, density.target()),
                "<strong>" + Numbers.digits(density.median()) + "</strong>",
                Numbers.digits(density.least()) + "–" + Numbers.digits(density.most()),
                "<span class=\"wrap\">" + Html.escape(density.stop()) + "</span>",
                Integer.toString(density.n()));
    }

    private static void saturation(Html html, Analysed analysed, List<LoadSummary> summaries) {
        if (summaries.stream().noneMatch(summary -> summary.n() > 0)) {
            return;
        }
        List<Charts.Curve> curves = new ArrayList<>();
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
        html.figure(
                title,
                "Every connection asks again as soon as it has its answer, so the latency of this loop is no measure. "
                        + String.join("; ", knees) + ".",
                Charts.curves(title, "instances", "right answers per second", curves),
                HEAD,
                rows(analysed, summaries));
    }

    private static void latency(Html html, Analysed analysed, String load, List<LoadSummary> summaries) {
        if (summaries.stream().allMatch(summary -> summary.response().isEmpty())) {
            return;
        }
        List<Charts.Curve> curves = new ArrayList<>();
        byTarget(summaries)
                .forEach((target, points) ->
                        curves.add(curve(Names.plain(analysed, target), points, summary -> summary.response(TAIL))));
        String title = "Latency over instances, open loop, " + load;
        html.figure(
                title,
                "99th percentile from the intended start, at evenly spaced requests that wait for no answer.",
                Charts.curves(title, "instances", "p99, ms", curves),
                HEAD,
                rows(analysed, summaries));
    }

    private static Charts.Curve curve(
            String name, List<LoadSummary> points, Function<LoadSummary, Optional<Double>> value) {
        List<LoadSummary> shown = points.stream()
                .filter(point -> point.n() > 0 && value.apply(point).isPresent())
                .toList();
        double[] x = shown.stream().mapToDouble(LoadSummary::instances).toArray();
        double[] y = shown.stream()
                .mapToDouble(point -> value.apply(point).orElseThrow())
                .toArray();
        return new Charts.Curve(
                new Charts.Values(name, x, y),
                shown.stream().map(LoadSummary::clientBound).toList());
    }

    private static List<List<String>> rows(Analysed analysed, List<LoadSummary> summaries) {
        List<List<String>> rows = new ArrayList<>();
        byTarget(summaries).forEach((target, points) -> {
            for (LoadSummary point : points) {
                boolean any = point.n() > 0;
                rows.add(List.of(
                        Names.html(analysed, target) + (point.clientBound() ? BOUND : ""),
                        Integer.toString(point.instances()),
                        any ? Numbers.value(point.offered(), RATE) : Numbers.NONE,
                        any ? Numbers.value(point.answered(), RATE) : Numbers.NONE,
                        point.efficiency(points.get(0)).map(Numbers::percent).orElse(Numbers.NONE),
                        point.failed() == 0 ? "0" : "<span class=\"bad\">" + point.failed() + "</span>",
                        Numbers.value(point.response(50).orElse(null), UNIT),
                        Numbers.value(point.response(TAIL).orElse(null), UNIT),
                        Numbers.value(point.service(TAIL).orElse(null), UNIT),
                        any ? Numbers.percent(point.clientBusy()) : Numbers.NONE,
                        Integer.toString(point.n()),
                        Integer.toString(point.boundTrials()),
                        Integer.toString(point.skipped())));
            }
        });
        return rows;
    }

    /** Draws the distributions at the largest number of instances, where they differ most. */
    private static void percentiles(Html html, Analysed analysed, String load, List<LoadSummary> summaries) {
        int most = summaries.stream()
                .filter(summary -> !summary.response().isEmpty())
                .mapToInt(LoadSummary::instances)
                .max()
                .orElse(0);
        List<Charts.Values> curves = new ArrayList<>();
        List<List<String>> rows = new ArrayList<>();
        List<Double> percentiles = List.of(50.0, 90.0, 99.0, 99.9, 100.0);
        for (LoadSummary summary : summaries) {
            if (summary.instances() != most || summary.response().isEmpty()) {
                continue;
            }
            String name = Names.plain(analysed, summary.target()) + (summary.clientBound() ? " (client-bound)" : "");
            curves.add(distribution(name, summary.response()));
            curves.add(distribution(name + ", service", summary.service()));
            String markup = Names.html(analysed, summary.target()) + (summary.clientBound() ? BOUND : "");
            rows.add(distributionRow(markup, percentiles, summary::response));
            rows.add(distributionRow(markup + ", service", percentiles, summary::service));
        }
        String title = "Latency by percentile, " + load + ", " + Count.of(most, "instance");
        html.figure(
                title,
                "Each step to the right leaves out nine of ten of the remaining requests. From the intended start, and"
                        + " beside it the service time: where the two part, requests waited for a connection.",
                Charts.percentiles(title, "ms", curves),
                List.of("target", "median", "p90", "p99", "p99.9", "largest"),
                rows);
    }

    private static Charts.Values distribution(String name, List<Quantile> quantiles) {
        List<Quantile> shown = quantiles.stream()
                .sorted(Comparator.comparingDouble(Quantile::percentile))
                .toList();
        return new Charts.Values(
                name,
                shown.stream().mapToDouble(Quantile::percentile).toArray(),
                shown.stream().mapToDouble(Quantile::ms).toArray());
    }

    private static List<String> distributionRow(
            String name, List<Double> percentiles, Function<Double, Optional<Double>> value) {
        List<String> row = new ArrayList<>(List.of(name));
        percentiles.forEach(
                percentile -> row.add(Numbers.value(value.apply(percentile).orElse(null), UNIT)));
        return row;
    }
}
