package dev.bench.compare.render;

import dev.bench.analysis.Margin;
import dev.bench.analysis.Measurand;
import dev.bench.analysis.OrderStatistics;
import dev.bench.chart.ForestPlot;
import dev.bench.chart.PointPlot;
import dev.bench.chart.SharePlot;
import dev.bench.chart.Values;
import dev.bench.compare.Compared;
import dev.bench.compare.ComparisonReport;
import dev.bench.compare.Difference;
import dev.bench.compare.Outcome;
import dev.bench.compare.Samples;
import dev.bench.compare.Side;
import dev.bench.compare.Whole;
import dev.bench.document.Block;
import dev.bench.document.Column;
import dev.bench.document.Document;
import dev.bench.document.HtmlPage;
import dev.bench.document.Numbers;
import dev.bench.document.Part;
import dev.bench.document.PlainText;
import dev.bench.document.Span;
import dev.bench.document.Term;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Renders a comparison as one HTML file in the style of the report, with both results on the same axes. */
public final class HtmlComparison {
    /** More plots make a file that nobody scrolls through; the worst come first. */
    private static final int MOST_PLOTS = 12;

    private static final int MOST_POINTS = 600;
    private static final int QUANTILES = 200;

    private static final List<Column> COLUMNS = Column.texts(
            "target",
            "verdict",
            "BASE",
            "HEAD",
            "HEAD / BASE",
            "95 % CI",
            "P(HEAD<BASE)",
            "n",
            "failed",
            "margin",
            "p (Holm)");

    private final ComparisonReport report;

    private HtmlComparison(ComparisonReport report) {
        this.report = report;
    }

    /**
     * Returns the page.
     *
     * @param tool version of the tool that compares
     */
    public static String render(ComparisonReport report, String tool) {
        System.setProperty("java.awt.headless", "true");
        return new HtmlComparison(report).page(tool);
    }

    private String page(String tool) {
        List<Part> parts = new ArrayList<>();
        parts.add(new Part("Comparison", comparison()));
        parts.add(new Part("Plots", plots()));
        parts.add(new Part("What else differs", differences()));
        parts.add(new Part("Method", method()));
        return HtmlPage.render(Document.of(
                tool,
                "bench · compare · " + report.base().title() + " · "
                        + report.head().startedAt(),
                report.sentence(),
                report.notes(),
                parts,
                tool));
    }

    private List<Block> comparison() {
        List<Block> blocks = new ArrayList<>();
        blocks.add(Block.table(
                Column.texts("result", "kind", "what", "measured by", "started"),
                List.of(side("BASE", report.base()), side("HEAD", report.head()))));
        for (Measurand measurand : report.measurands()) {
            blocks.add(Block.heading(measurand.title()));
            blocks.add(Block.text(measurand.definition() + "; " + measurand.direction() + "."));
            List<List<Span>> rows = new ArrayList<>();
            for (Compared row : rowsOf(measurand)) {
                rows.add(List.of(
                        name(row),
                        verdict(row.outcome()),
                        new Span.Strong(Span.text(Cells.median(row, true))),
                        new Span.Strong(Span.text(Cells.median(row, false))),
                        Span.text(Cells.ratio(row)),
                        Span.text(Cells.interval(row)),
                        new Span.Fraction(row.shift().probabilityLess()),
                        Span.text(Cells.count(row)),
                        Span.text(row.base().failures() + ", " + row.head().failures()),
                        Span.text(Cells.margin(row)),
                        Span.text(Cells.probability(row.adjustedP()))));
            }
            blocks.add(Block.table(COLUMNS, rows));
            for (Compared row : rowsOf(measurand)) {
                if (row.outcome() == Outcome.INCONCLUSIVE) {
                    blocks.add(Block.note(Cells.sentence(row)));
                }
            }
        }
        Whole whole = report.whole();
        if (whole != null) {
            blocks.add(Block.heading("All together"));
            blocks.add(Block.text(Cells.sentence(whole)));
        }
        if (!report.failures().isEmpty()) {
            blocks.add(Block.heading("Failed launches"));
            report.failures().forEach(change -> blocks.add(Block.text(Cells.sentence(change))));
        }
        if (!report.limits().isEmpty()) {
            blocks.add(Block.heading("Absolute limits"));
            report.limits().forEach(check -> blocks.add(Block.text(Cells.sentence(check))));
        }
        return blocks;
    }

    private static List<Span> side(String name, Side side) {
        String target = side.chosen() == null ? "" : ", target " + side.chosen();
        return List.of(
                Span.text(name),
                Span.text(side.kind() == Side.Kind.JMH ? "JMH" : "bench"),
                Span.text(side.id() + target + (side.partial() ? " (partial)" : "")),
                Span.text(side.tool()),
                side.startedAt().isEmpty() ? Span.none() : Span.text(side.startedAt()));
    }

    private static Span name(Compared row) {
        return new Span.Name(row.target(), row.isEmulated());
    }

    private static Span verdict(Outcome outcome) {
        return outcome == Outcome.REGRESSED ? new Span.Alarm(outcome.label()) : Span.text(outcome.label());
    }

    private List<Compared> rowsOf(Measurand measurand) {
        return report.rows().stream()
                .filter(row -> row.measurand().equals(measurand))
                .toList();
    }

    private List<Block> plots() {
        List<Block> blocks = new ArrayList<>();
        forests(blocks);
        List<Measurand> drawn = report.rows().stream()
                .sorted(Comparator.comparing(Compared::outcome))
                .map(Compared::measurand)
                .distinct()
                .limit(MOST_PLOTS)
                .toList();
        if (drawn.size() < report.measurands().size()) {
            blocks.add(Block.note("Values are drawn of " + drawn.size() + " of "
                    + report.measurands().size() + " metrics, the worst first."));
        }
        drawn.forEach(measurand -> values(blocks, measurand));
        return blocks;
    }

    /** Draws one forest per margin, since each has its margin drawn in. */
    private void forests(List<Block> blocks) {
        Map<Margin, List<Compared>> byMargin = new LinkedHashMap<>();
        for (Compared row : report.rows()) {
            if (row.shift().interval() != null) {
                byMargin.computeIfAbsent(row.margin(), key -> new ArrayList<>()).add(row);
            }
        }
        byMargin.forEach((margin, rows) -> {
            List<ForestPlot.Estimate> estimates = new ArrayList<>();
            List<List<Span>> cells = new ArrayList<>();
            boolean severalMeasures =
                    rows.stream().map(Compared::measurand).distinct().count() > 1;
            for (Compared row : rows) {
                OrderStatistics.Interval interval = row.shift().interval();
                if (interval != null) {
                    String label = PlainText.printable(
                            severalMeasures ? row.measurand().title() + ", " + Cells.target(row) : Cells.target(row));
                    estimates.add(new ForestPlot.Estimate(
                            label, Math.exp(interval.low()), row.shift().ratio(), Math.exp(interval.high())));
                    cells.add(List.of(
                            Span.text(label),
                            Span.text(Cells.ratio(row)),
                            Span.text(Cells.interval(row)),
                            Span.text(row.shift().method())));
                }
            }
            String title = severalMeasures
                    ? "HEAD as a ratio to BASE"
                    : rows.get(0).measurand().title() + ": HEAD as a ratio to BASE";
            blocks.add(new Block.Figure(
                    title,
                    "A square is the estimate, its line the 95 % interval. Dashed: the practical margin of "
                            + Numbers.percent(margin.practical()) + "; a difference takes "
                            + Numbers.percent(margin.bar()) + " (" + margin.source() + ").",
                    ForestPlot.draw(
                            PlainText.printable(title), "times BASE (logarithmic)", estimates, margin.practical()),
                    Block.table(Column.texts("comparison", "HEAD / BASE", "95 % CI", "method"), cells)));
        });
    }

    private void values(List<Block> blocks, Measurand measurand) {
        List<Values> points = new ArrayList<>();
        List<Values> shares = new ArrayList<>();
        List<List<Span>> cells = new ArrayList<>();
        List<List<Span>> quantiles = new ArrayList<>();
        for (Compared row : rowsOf(measurand)) {
            add(row.target() + ", BASE", row.base(), points, shares, cells, quantiles);
            add(row.target() + ", HEAD", row.head(), points, shares, cells, quantiles);
        }
        if (points.isEmpty()) {
            return;
        }
        String title = PlainText.printable(measurand.title());
        String axis = PlainText.printable(measurand.title() + measurand.unitAfter(", "));
        blocks.add(new Block.Figure(
                measurand.title() + ": every sample",
                "One point per sample, BASE and HEAD on the same axis; the height within a row only keeps points apart.",
                PointPlot.draw(title + ": every sample", axis, points),
                Block.table(
                        Column.texts("target, side", "values" + measurand.unitAfter(" in ") + ", in their order"),
                        cells)));
        blocks.add(new Block.Figure(
                measurand.title() + ": share of samples up to a value",
                "The height of a line is the share of samples at or below the value (empirical distribution).",
                SharePlot.draw(title + ": share of samples up to a value", axis, shares),
                Block.table(Column.texts("target, side", "p25", "median", "p75", "largest"), quantiles)));
    }

    private static void add(
            String name,
            Samples samples,
            List<Values> points,
            List<Values> shares,
            List<List<Span>> cells,
            List<List<Span>> quantiles) {
        double[] values = samples.values();
        if (values.length == 0) {
            return;
        }
        String label = PlainText.printable(name + (samples.emulated() ? " (emulated)" : ""));
        double[] sorted = samples.sorted();
        points.add(Values.row(label, Values.thin(values, MOST_POINTS)));
        shares.add(Values.distribution(label, sorted, QUANTILES));
        StringBuilder text = new StringBuilder();
        for (double value : Values.thin(values, MOST_POINTS)) {
            text.append(Numbers.digits(value)).append(' ');
        }
        cells.add(List.of(Span.text(label), new Span.Wrapped(text.toString().strip())));
        String unit = samples.measurand().unit();
        quantiles.add(List.of(
                Span.text(label),
                new Span.Value(OrderStatistics.quantile(sorted, 0.25), unit),
                new Span.Value(OrderStatistics.median(sorted), unit),
                new Span.Value(OrderStatistics.quantile(sorted, 0.75), unit),
                new Span.Value(sorted[sorted.length - 1], unit)));
    }

    private List<Block> differences() {
        if (report.differences().isEmpty()) {
            return List.of(Block.text("Nothing that is stored differs."));
        }
        List<List<Span>> rows = new ArrayList<>();
        for (Difference difference : report.differences()) {
            rows.add(List.of(
                    Span.text(difference.scope().words() + ", " + difference.name()),
                    new Span.Wrapped(difference.base()),
                    new Span.Wrapped(difference.head()),
                    difference.decisive() ? new Span.Alarm("decides: inconclusive") : Span.text("for information")));
        }
        return List.of(Block.table(Column.texts("what", "BASE", "HEAD", "effect"), rows));
    }

    private List<Block> method() {
        return List.of(new Block.Glossary(List.of(
                new Term(
                        "HEAD / BASE",
                        report.rows().stream()
                                .filter(row -> row.shift().interval() != null)
                                .findFirst()
                                .map(row -> row.shift().method() + ", on logarithms; one sample is "
                                        + row.sampling().words() + ".")
                                .orElse("no comparison had samples enough.")),
                new Term("P(HEAD<BASE)", "chance that a sample of HEAD is below one of BASE, ties counted half."),
                new Term(
                        "verdict",
                        "regressed or improved: the test rejects after Holm's correction over all comparisons here, the"
                                + " interval excludes 1, the estimate is beyond the bar, and every session points the same way;"
                                + " equivalent: the interval is within the practical margin; inconclusive: neither, or what was measured on"
                                + " cannot be compared."),
                new Term(
                        "margin",
                        "5 %, or the metric's budget: within it two count as the same, however noisy the host. The bar for a difference is"
                                + " the larger of that and twice the half-width of the wider A/A interval of the two results."),
                new Term(
                        "failed",
                        "failed launches are counted, never averaged; their shares are compared by Fisher's test."))));
    }
}
