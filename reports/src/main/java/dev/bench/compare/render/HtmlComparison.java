package dev.bench.compare.render;

import dev.bench.analysis.Margin;
import dev.bench.analysis.Measurand;
import dev.bench.analysis.OrderStatistics;
import dev.bench.chart.Charts;
import dev.bench.compare.Compared;
import dev.bench.compare.ComparisonReport;
import dev.bench.compare.Difference;
import dev.bench.compare.Outcome;
import dev.bench.compare.Samples;
import dev.bench.compare.Side;
import dev.bench.compare.Whole;
import dev.bench.document.Html;
import dev.bench.document.HtmlPage;
import dev.bench.document.Numbers;
import dev.bench.document.PlainText;
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
        List<HtmlPage.Part> parts = new ArrayList<>();
        parts.add(new HtmlPage.Part("Comparison", comparison()));
        parts.add(new HtmlPage.Part("Plots", plots()));
        parts.add(new HtmlPage.Part("What else differs", differences()));
        parts.add(new HtmlPage.Part("Method", method()));
        return HtmlPage.render(
                tool,
                "bench · compare · " + report.base().title() + " · "
                        + report.head().startedAt(),
                report.sentence(),
                report.notes(),
                parts);
    }

    private String comparison() {
        Html html = new Html();
        html.table(
                "",
                List.of("result", "kind", "what", "measured by", "started"),
                List.of(side("BASE", report.base()), side("HEAD", report.head())));
        for (Measurand measurand : report.measurands()) {
            html.element("h3", measurand.title());
            html.element("p", measurand.definition() + "; " + measurand.direction() + ".");
            List<List<String>> rows = new ArrayList<>();
            for (Compared row : rowsOf(measurand)) {
                rows.add(List.of(
                        name(row),
                        verdict(row.outcome()),
                        "<strong>" + Html.escape(Cells.median(row, true)) + "</strong>",
                        "<strong>" + Html.escape(Cells.median(row, false)) + "</strong>",
                        Html.escape(Cells.ratio(row)),
                        Html.escape(Cells.interval(row)),
                        Html.escape(Numbers.fraction(row.shift().probabilityLess())),
                        Html.escape(Cells.count(row)),
                        row.base().failures() + ", " + row.head().failures(),
                        Html.escape(Cells.margin(row)),
                        Html.escape(Cells.probability(row.adjustedP()))));
            }
            html.table(
                    "",
                    List.of(
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
                            "p (Holm)"),
                    rows);
            for (Compared row : rowsOf(measurand)) {
                if (row.outcome() == Outcome.INCONCLUSIVE) {
                    html.raw("<p class=\"note\">").text(Cells.sentence(row)).raw("</p>");
                }
            }
        }
        Whole whole = report.whole();
        if (whole != null) {
            html.element("h3", "All together").element("p", Cells.sentence(whole));
        }
        if (!report.failures().isEmpty()) {
            html.element("h3", "Failed launches");
            report.failures().forEach(change -> html.element("p", Cells.sentence(change)));
        }
        if (!report.limits().isEmpty()) {
            html.element("h3", "Absolute limits");
            report.limits().forEach(check -> html.element("p", Cells.sentence(check)));
        }
        return html.toString();
    }

    private static List<String> side(String name, Side side) {
        String target = side.chosen() == null ? "" : ", target " + side.chosen();
        return List.of(
                Html.escape(name),
                side.kind() == Side.Kind.JMH ? "JMH" : "bench",
                Html.escape(side.id() + target + (side.partial() ? " (partial)" : "")),
                Html.escape(side.tool()),
                Html.escape(side.startedAt().isEmpty() ? Numbers.NONE : side.startedAt()));
    }

    private static String name(Compared row) {
        return Html.escape(row.target()) + (row.isEmulated() ? " <span class=\"badge\">emulated</span>" : "");
    }

    private static String verdict(Outcome outcome) {
        return outcome == Outcome.REGRESSED
                ? "<span class=\"bad\">" + outcome.label() + "</span>"
                : Html.escape(outcome.label());
    }

    private List<Compared> rowsOf(Measurand measurand) {
        return report.rows().stream()
                .filter(row -> row.measurand().equals(measurand))
                .toList();
    }

    private String plots() {
        Html html = new Html();
        forests(html);
        List<Measurand> drawn = report.rows().stream()
                .sorted(Comparator.comparing(Compared::outcome))
                .map(Compared::measurand)
                .distinct()
                .limit(MOST_PLOTS)
                .toList();
        if (drawn.size() < report.measurands().size()) {
            html.raw("<p class=\"note\">")
                    .text("Values are drawn of " + drawn.size() + " of "
                            + report.measurands().size() + " metrics, the worst first.")
                    .raw("</p>");
        }
        drawn.forEach(measurand -> values(html, measurand));
        return html.toString();
    }

    /** Draws one forest per margin, since each has its margin drawn in. */
    private void forests(Html html) {
        Map<Margin, List<Compared>> byMargin = new LinkedHashMap<>();
        for (Compared row : report.rows()) {
            if (row.shift().interval() != null) {
                byMargin.computeIfAbsent(row.margin(), key -> new ArrayList<>()).add(row);
            }
        }
        byMargin.forEach((margin, rows) -> {
            List<Charts.Estimate> estimates = new ArrayList<>();
            List<List<String>> cells = new ArrayList<>();
            boolean severalMeasures =
                    rows.stream().map(Compared::measurand).distinct().count() > 1;
            for (Compared row : rows) {
                OrderStatistics.Interval interval = row.shift().interval();
                if (interval != null) {
                    String label = PlainText.printable(
                            severalMeasures ? row.measurand().title() + ", " + Cells.target(row) : Cells.target(row));
                    estimates.add(new Charts.Estimate(
                            label, Math.exp(interval.low()), row.shift().ratio(), Math.exp(interval.high())));
                    cells.add(List.of(
                            Html.escape(label),
                            Html.escape(Cells.ratio(row)),
                            Html.escape(Cells.interval(row)),
                            Html.escape(row.shift().method())));
                }
            }
            String title = severalMeasures
                    ? "HEAD as a ratio to BASE"
                    : rows.get(0).measurand().title() + ": HEAD as a ratio to BASE";
            html.figure(
                    title,
                    "A square is the estimate, its line the 95 % interval. Dashed: the practical margin of "
                            + Numbers.percent(margin.practical()) + "; a difference takes "
                            + Numbers.percent(margin.bar()) + " (" + margin.source() + ").",
                    Charts.forest(
                            PlainText.printable(title), "times BASE (logarithmic)", estimates, margin.practical()),
                    List.of("comparison", "HEAD / BASE", "95 % CI", "method"),
                    cells);
        });
    }

    private void values(Html html, Measurand measurand) {
        List<Charts.Values> points = new ArrayList<>();
        List<Charts.Values> shares = new ArrayList<>();
        List<List<String>> cells = new ArrayList<>();
        List<List<String>> quantiles = new ArrayList<>();
        for (Compared row : rowsOf(measurand)) {
            add(row.target() + ", BASE", row.base(), points, shares, cells, quantiles);
            add(row.target() + ", HEAD", row.head(), points, shares, cells, quantiles);
        }
        if (points.isEmpty()) {
            return;
        }
        String title = PlainText.printable(measurand.title());
        String axis = PlainText.printable(measurand.title() + ", " + measurand.unit());
        html.figure(
                measurand.title() + ": every sample",
                "One point per sample, BASE and HEAD on the same axis; the height within a row only keeps points apart.",
                Charts.points(title + ": every sample", axis, points),
                List.of("target, side", "values in " + measurand.unit() + ", in their order"),
                cells);
        html.figure(
                measurand.title() + ": share of samples up to a value",
                "The height of a line is the share of samples at or below the value (empirical distribution).",
                Charts.cumulative(title + ": share of samples up to a value", axis, shares),
                List.of("target, side", "p25", "median", "p75", "largest"),
                quantiles);
    }

    private static void add(
            String name,
            Samples samples,
            List<Charts.Values> points,
            List<Charts.Values> shares,
            List<List<String>> cells,
            List<List<String>> quantiles) {
        double[] values = samples.values();
        if (values.length == 0) {
            return;
        }
        String label = PlainText.printable(name + (samples.emulated() ? " (emulated)" : ""));
        double[] sorted = samples.sorted();
        points.add(Charts.Values.row(label, Charts.thin(values, MOST_POINTS)));
        shares.add(Charts.Values.distribution(label, sorted, QUANTILES));
        StringBuilder text = new StringBuilder();
        for (double value : Charts.thin(values, MOST_POINTS)) {
            text.append(Numbers.digits(value)).append(' ');
        }
        cells.add(List.of(
                Html.escape(label),
                "<span class=\"wrap\">" + Html.escape(text.toString().strip()) + "</span>"));
        String unit = samples.measurand().unit();
        quantiles.add(List.of(
                Html.escape(label),
                Html.escape(Numbers.value(OrderStatistics.quantile(sorted, 0.25), unit)),
                Html.escape(Numbers.value(OrderStatistics.median(sorted), unit)),
                Html.escape(Numbers.value(OrderStatistics.quantile(sorted, 0.75), unit)),
                Html.escape(Numbers.value(sorted[sorted.length - 1], unit))));
    }

    private String differences() {
        Html html = new Html();
        if (report.differences().isEmpty()) {
            return html.element("p", "Nothing that is stored differs.").toString();
        }
        List<List<String>> rows = new ArrayList<>();
        for (Difference difference : report.differences()) {
            rows.add(List.of(
                    Html.escape(difference.scope() + ", " + difference.name()),
                    wrapped(difference.base()),
                    wrapped(difference.head()),
                    difference.decisive() ? "<span class=\"bad\">decides: inconclusive</span>" : "for information"));
        }
        html.table("", List.of("what", "BASE", "HEAD", "effect"), rows);
        return html.toString();
    }

    private static String wrapped(String text) {
        return "<span class=\"wrap\">" + Html.escape(text) + "</span>";
    }

    private String method() {
        Html html = new Html().raw("<dl>");
        term(
                html,
                "HEAD / BASE",
                report.rows().stream()
                        .filter(row -> row.shift().interval() != null)
                        .findFirst()
                        .map(row -> row.shift().method() + ", on logarithms; one sample is " + row.sampling() + ".")
                        .orElse("no comparison had samples enough."));
        term(html, "P(HEAD<BASE)", "chance that a sample of HEAD is below one of BASE, ties counted half.");
        term(
                html,
                "verdict",
                "regressed or improved: the test rejects after Holm's correction over all comparisons here, the"
                        + " interval excludes 1, the estimate is beyond the bar, and every session points the same way;"
                        + " equivalent: the interval is within the practical margin; inconclusive: neither, or what was measured on"
                        + " cannot be compared.");
        term(
                html,
                "margin",
                "5 %, or the metric's budget: within it two count as the same, however noisy the host. The bar for a difference is"
                        + " the larger of that and twice the half-width of the wider A/A interval of the two results.");
        term(
                html,
                "failed",
                "failed launches are counted, never averaged; their shares are compared by Fisher's test.");
        return html.raw("</dl>").toString();
    }

    private static void term(Html html, String term, String meaning) {
        html.element("dt", term).element("dd", meaning);
    }
}
