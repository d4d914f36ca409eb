package dev.bench.view;

import dev.bench.analysis.Analysed;
import dev.bench.analysis.OrderStatistics;
import dev.bench.analysis.Pair;
import dev.bench.analysis.Series;
import dev.bench.chart.ForestPlot;
import dev.bench.chart.OrderPlot;
import dev.bench.chart.PointPlot;
import dev.bench.chart.SharePlot;
import dev.bench.chart.Values;
import dev.bench.document.Block;
import dev.bench.document.Column;
import dev.bench.document.Numbers;
import dev.bench.document.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
    public List<Block> blocks(ReportContext context) {
        Analysed analysed = context.analysed();
        List<Series> series = analysed.seriesOf(analysed.headline().id()).stream()
                .filter(drawn -> !drawn.points().isEmpty())
                .toList();
        if (series.isEmpty()) {
            return List.of();
        }
        List<Block> blocks = new ArrayList<>();
        forest(blocks, analysed);
        points(blocks, analysed, series);
        cumulative(blocks, analysed, series);
        overTime(blocks, analysed, series);
        return blocks;
    }

    private static void forest(List<Block> blocks, Analysed analysed) {
        List<ForestPlot.Estimate> estimates = new ArrayList<>();
        List<List<Span>> rows = new ArrayList<>();
        for (Pair pair : analysed.pairsOf(analysed.headline().id())) {
            OrderStatistics.Interval interval = pair.interval();
            if (interval == null) {
                continue;
            }
            double low = Math.exp(interval.low());
            double high = Math.exp(interval.high());
            estimates.add(new ForestPlot.Estimate(Names.plain(analysed, pair.target()), low, pair.ratio(), high));
            rows.add(List.of(
                    Names.span(analysed, pair.target()),
                    new Span.Ratio(pair.ratio()),
                    new Span.RatioInterval(low, high),
                    new Span.Count(pair.logRatios().size()),
                    Span.text(pair.method())));
        }
        if (estimates.isEmpty()) {
            return;
        }
        String reference = analysed.result().plan().reference();
        double margin = analysed.margin(analysed.headline()).practical();
        String title = analysed.headline().title() + " as a ratio to " + reference;
        blocks.add(new Block.Figure(
                title,
                "A square is the estimate, its line the 95 % interval; left of 1 is less. Dashed: the margin of "
                        + Numbers.percent(margin) + " within which two targets count as the same.",
                ForestPlot.draw(title, "times " + reference + " (logarithmic)", estimates, margin),
                Block.table(Column.texts("target", "ratio", "95 % CI", "blocks", "method"), rows)));
    }

    private static void points(List<Block> blocks, Analysed analysed, List<Series> series) {
        List<Values> values = new ArrayList<>();
        List<List<Span>> rows = new ArrayList<>();
        int all = series.stream().mapToInt(drawn -> drawn.points().size()).sum();
        int step = Math.max(1, (int) Math.ceil(all / (double) MOST_POINTS));
        for (Series drawn : series) {
            List<Series.Point> shown = thin(drawn.points(), step);
            double[] x = shown.stream().mapToDouble(Series.Point::value).toArray();
            values.add(Values.row(Names.plain(analysed, drawn.target()), x));
            rows.add(row(analysed, drawn, x));
        }
        blocks.add(new Block.Figure(
                "Every launch",
                "One point per measured launch" + (step > 1 ? " (every " + step + "th is drawn)" : "")
                        + "; the height within a row only keeps points apart.",
                PointPlot.draw("Every launch", axis(analysed), values),
                Block.table(
                        Column.texts("target", "values" + analysed.headline().unitAfter(" in ") + ", in launch order"),
                        rows)));
    }

    private static List<Span> row(Analysed analysed, Series drawn, double[] shown) {
        StringBuilder text = new StringBuilder();
        DoublePredicate flagged = shown.length <= MOST_FLAGGED ? drawn.outlier() : value -> false;
        for (double value : shown) {
            text.append(String.format(Locale.ROOT, "%.1f", value)).append(flagged.test(value) ? "* " : " ");
        }
        return List.of(
                Names.span(analysed, drawn.target()),
                new Span.Wrapped(text.toString().strip()));
    }

    private static void cumulative(List<Block> blocks, Analysed analysed, List<Series> series) {
        List<Values> values = new ArrayList<>();
        List<List<Span>> rows = new ArrayList<>();
        for (Series drawn : series) {
            double[] sorted = drawn.sorted();
            values.add(Values.distribution(Names.plain(analysed, drawn.target()), sorted, QUANTILES));
            rows.add(List.of(
                    Names.span(analysed, drawn.target()),
                    quantile(analysed, sorted, 0.5),
                    quantile(analysed, sorted, 0.9),
                    quantile(analysed, sorted, 0.95),
                    quantile(analysed, sorted, 0.99)));
        }
        blocks.add(new Block.Figure(
                "Share of launches up to a value",
                "The height of a line is the share of launches at or below that value (empirical distribution).",
                SharePlot.draw("Share of launches up to a value", axis(analysed), values),
                Block.table(Column.texts("target", "median", "p90 (bound)", "p95 (bound)", "p99 (bound)"), rows)));
    }

    /** Gives a quantile with the upper bound of its interval where there are samples enough for one. */
    private static Span quantile(Analysed analysed, double[] sorted, double probability) {
        Span value = new Span.Value(
                OrderStatistics.quantile(sorted, probability),
                analysed.headline().unit());
        if (probability == 0.5) {
            return value;
        }
        return OrderStatistics.quantileUpperBound(sorted, probability)
                .map(bound -> Span.phrase(
                        value,
                        Span.text(" (≤ "),
                        new Span.Value(bound, analysed.headline().unit()),
                        Span.text(")")))
                .orElse(Span.none());
    }

    private static void overTime(List<Block> blocks, Analysed analysed, List<Series> series) {
        List<Values> values = new ArrayList<>();
        List<List<Span>> rows = new ArrayList<>();
        int all = series.stream().mapToInt(drawn -> drawn.points().size()).sum();
        int step = Math.max(1, (int) Math.ceil(all / (double) MOST_POINTS));
        int perSession = analysed.result().plan().blocks() + 1;
        for (Series drawn : series) {
            List<Series.Point> shown = thin(drawn.points(), step);
            values.add(new Values(
                    Names.plain(analysed, drawn.target()),
                    shown.stream()
                            .mapToDouble(point -> (point.session() - 1.0) * perSession + point.block())
                            .toArray(),
                    shown.stream().mapToDouble(Series.Point::value).toArray()));
            rows.add(List.of(
                    Names.span(analysed, drawn.target()),
                    Span.text(drawn.drift()
                            .map(ratio -> "second half " + Numbers.ratio(ratio) + " the first")
                            .orElse("no drift found"))));
        }
        blocks.add(new Block.Figure(
                "Launches in their order",
                "A trend or a step here means that the host changed while it was measured on.",
                OrderPlot.draw("Launches in their order", axis(analysed), values),
                Block.table(Column.texts("target", "first against second half"), rows)));
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
