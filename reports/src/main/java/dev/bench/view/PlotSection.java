package dev.bench.view;

import dev.bench.analysis.Analysed;
import dev.bench.analysis.OrderStatistics;
import dev.bench.analysis.Pair;
import dev.bench.analysis.Series;
import dev.bench.chart.Charts;
import dev.bench.document.Html;
import dev.bench.document.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.DoublePredicate;

/** Shows the launches: ratios, every value, their distribution, and their order in time. */
public final class PlotSection implements Section {
    /** Above this a plot shows a systematic sample: more points than pixels only make the file large. */
    private static final int MOST_POINTS = 1_200;
    /** More values than this are not marked in the table of a plot: nobody looks for a star among them. */
    private static final int MOST_FLAGGED = 100;

    private static final int QUANTILES = 200;

    @Override
    public String title() {
        return "Plots";
    }

    @Override
    public Optional<String> render(ReportContext context) {
        Analysed analysed = context.analysed();
        List<Series> series = analysed.seriesOf(analysed.headline().id()).stream()
                .filter(one -> !one.points().isEmpty())
                .toList();
        if (series.isEmpty()) {
            return Optional.empty();
        }
        Html html = new Html();
        forest(html, analysed);
        points(html, analysed, series);
        cumulative(html, analysed, series);
        overTime(html, analysed, series);
        return Optional.of(html.toString());
    }

    private static void forest(Html html, Analysed analysed) {
        List<Charts.Estimate> estimates = new ArrayList<>();
        List<List<String>> rows = new ArrayList<>();
        for (Pair pair : analysed.pairsOf(analysed.headline().id())) {
            OrderStatistics.Interval interval = pair.interval();
            if (interval == null) {
                continue;
            }
            double low = Math.exp(interval.low());
            double high = Math.exp(interval.high());
            estimates.add(new Charts.Estimate(Names.plain(analysed, pair.target()), low, pair.ratio(), high));
            rows.add(List.of(
                    Names.html(analysed, pair.target()),
                    Numbers.ratio(pair.ratio()),
                    Numbers.ratioInterval(low, high),
                    Integer.toString(pair.logRatios().size()),
                    Html.escape(pair.method())));
        }
        if (estimates.isEmpty()) {
            return;
        }
        String reference = analysed.result().plan().reference();
        double margin = analysed.margin(analysed.headline()).practical();
        String title = analysed.headline().title() + " as a ratio to " + reference;
        html.figure(
                title,
                "A square is the estimate, its line the 95 % interval; left of 1 is less. Dashed: the margin of "
                        + Numbers.percent(margin) + " within which two targets count as the same.",
                Charts.forest(title, "times " + reference + " (logarithmic)", estimates, margin),
                List.of("target", "ratio", "95 % CI", "blocks", "method"),
                rows);
    }

    private static void points(Html html, Analysed analysed, List<Series> series) {
        List<Charts.Values> values = new ArrayList<>();
        List<List<String>> rows = new ArrayList<>();
        int all = series.stream().mapToInt(one -> one.points().size()).sum();
        int step = Math.max(1, (int) Math.ceil(all / (double) MOST_POINTS));
        for (Series one : series) {
            List<Series.Point> shown = thin(one.points(), step);
            double[] x = shown.stream().mapToDouble(Series.Point::value).toArray();
            values.add(Charts.Values.row(Names.plain(analysed, one.target()), x));
            rows.add(row(analysed, one, x));
        }
        html.figure(
                "Every launch",
                "One point per measured launch" + (step > 1 ? " (every " + step + "th is drawn)" : "")
                        + "; the height within a row only keeps points apart.",
                Charts.points("Every launch", axis(analysed), values),
                List.of("target", "values" + analysed.headline().unitAfter(" in ") + ", in launch order"),
                rows);
    }

    private static List<String> row(Analysed analysed, Series one, double[] shown) {
        StringBuilder text = new StringBuilder();
        DoublePredicate flagged = shown.length <= MOST_FLAGGED ? one.outlier() : value -> false;
        for (double value : shown) {
            text.append(String.format(Locale.ROOT, "%.1f", value)).append(flagged.test(value) ? "* " : " ");
        }
        return List.of(
                Names.html(analysed, one.target()),
                "<span class=\"wrap\">" + text.toString().strip() + "</span>");
    }

    private static void cumulative(Html html, Analysed analysed, List<Series> series) {
        List<Charts.Values> values = new ArrayList<>();
        List<List<String>> rows = new ArrayList<>();
        for (Series one : series) {
            double[] sorted = one.sorted();
            values.add(Charts.Values.distribution(Names.plain(analysed, one.target()), sorted, QUANTILES));
            rows.add(List.of(
                    Names.html(analysed, one.target()),
                    quantile(analysed, sorted, 0.5),
                    quantile(analysed, sorted, 0.9),
                    quantile(analysed, sorted, 0.95),
                    quantile(analysed, sorted, 0.99)));
        }
        html.figure(
                "Share of launches up to a value",
                "The height of a line is the share of launches at or below that value (empirical distribution).",
                Charts.cumulative("Share of launches up to a value", axis(analysed), values),
                List.of("target", "median", "p90 (bound)", "p95 (bound)", "p99 (bound)"),
                rows);
    }

    /** Gives a quantile with the upper bound of its interval where there are samples enough for one. */
    private static String quantile(Analysed analysed, double[] sorted, double probability) {
        String value = Numbers.value(
                OrderStatistics.quantile(sorted, probability),
                analysed.headline().unit());
        if (probability == 0.5) {
            return value;
        }
        return OrderStatistics.quantileUpperBound(sorted, probability)
                .map(bound -> value + " (≤ "
                        + Numbers.value(bound, analysed.headline().unit()) + ")")
                .orElse(Numbers.NONE);
    }

    private static void overTime(Html html, Analysed analysed, List<Series> series) {
        List<Charts.Values> values = new ArrayList<>();
        List<List<String>> rows = new ArrayList<>();
        int all = series.stream().mapToInt(one -> one.points().size()).sum();
        int step = Math.max(1, (int) Math.ceil(all / (double) MOST_POINTS));
        int blocks = analysed.result().plan().blocks() + 1;
        for (Series one : series) {
            List<Series.Point> shown = thin(one.points(), step);
            values.add(new Charts.Values(
                    Names.plain(analysed, one.target()),
                    shown.stream()
                            .mapToDouble(point -> (point.session() - 1.0) * blocks + point.block())
                            .toArray(),
                    shown.stream().mapToDouble(Series.Point::value).toArray()));
            rows.add(List.of(
                    Names.html(analysed, one.target()),
                    one.drift()
                            .map(ratio -> "second half " + Numbers.ratio(ratio) + " the first")
                            .orElse("no drift found")));
        }
        html.figure(
                "Launches in their order",
                "A trend or a step here means that the host changed while it was measured on.",
                Charts.overTime("Launches in their order", axis(analysed), values),
                List.of("target", "first against second half"),
                rows);
    }

    private static String axis(Analysed analysed) {
        return analysed.headline().definition() + analysed.headline().unitAfter(", ");
    }

    private static List<Series.Point> thin(List<Series.Point> points, int step) {
        List<Series.Point> shown = new ArrayList<>();
        for (int i = 0; i < points.size(); i += step) {
            shown.add(points.get(i));
        }
        return shown;
    }
}
