package dev.bench.report;

import dev.bench.analysis.Analysed;
import dev.bench.analysis.Measurand;
import dev.bench.document.Html;
import dev.bench.document.Numbers;
import dev.bench.result.Result;
import dev.bench.view.Names;
import dev.bench.view.ReportContext;
import dev.bench.view.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Shows every metric of every target beside the reference. */
final class ComparisonSection implements Section {
    @Override
    public String title() {
        return "Comparison";
    }

    @Override
    public Optional<String> render(ReportContext context) {
        Analysed analysed = context.analysed();
        Html html = new Html();
        for (Measurand metric : analysed.metrics()) {
            html.raw("<h3>").text(metric.title()).raw("</h3>");
            html.raw("<p>")
                    .text(metric.definition() + "; " + metric.direction() + ". Ratio to "
                            + analysed.result().plan().reference() + "; within "
                            + Numbers.percent(analysed.margin(metric).practical())
                            + " two count as the same, a difference takes "
                            + Numbers.percent(analysed.margin(metric).bar()) + ".")
                    .raw("</p>");
            html.table(
                    "",
                    List.of(
                            "target",
                            "median",
                            "95 % CI",
                            "ratio",
                            "95 % CI of ratio",
                            "P(less)",
                            "verdict",
                            "n",
                            "failed",
                            "MAD",
                            "min",
                            "max",
                            "outliers"),
                    rows(analysed, metric));
            analysed.undecided(metric)
                    .forEach(sentence ->
                            html.raw("<p class=\"note\">").text(sentence + ".").raw("</p>"));
        }
        context.view()
                .remarks(analysed)
                .forEach(remark -> html.raw("<p class=\"note\">").text(remark).raw("</p>"));
        return Optional.of(html.toString());
    }

    private static List<List<String>> rows(Analysed analysed, Measurand metric) {
        List<List<String>> rows = new ArrayList<>();
        for (Result.MetricSummary summary : analysed.result().metrics()) {
            if (!summary.metric().equals(metric.id())) {
                continue;
            }
            Optional<Result.Comparison> comparison = analysed.comparison(metric.id(), summary.target());
            String unit = metric.unit();
            rows.add(List.of(
                    Names.html(analysed, summary.target()),
                    "<strong>" + Numbers.value(summary.median(), unit) + "</strong>",
                    Numbers.interval(summary.ciLow(), summary.ciHigh(), unit),
                    comparison.map(row -> Numbers.ratio(row.ratio())).orElse("reference"),
                    comparison
                            .map(row -> Numbers.ratioInterval(row.ciLow(), row.ciHigh()))
                            .orElse(Numbers.NONE),
                    comparison
                            .map(row -> Numbers.fraction(row.probabilityLess()))
                            .orElse(Numbers.NONE),
                    comparison.map(row -> Html.escape(row.verdict())).orElse(Numbers.NONE),
                    Integer.toString(summary.n()),
                    summary.failures() == 0 ? "0" : "<span class=\"bad\">" + summary.failures() + "</span>",
                    Numbers.value(summary.mad(), unit),
                    Numbers.value(summary.min(), unit),
                    Numbers.value(summary.max(), unit),
                    Integer.toString(summary.outliers())));
        }
        return rows;
    }
}
