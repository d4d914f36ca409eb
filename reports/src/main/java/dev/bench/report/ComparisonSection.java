package dev.bench.report;

import dev.bench.analysis.Analysed;
import dev.bench.analysis.Measurand;
import dev.bench.document.Block;
import dev.bench.document.Column;
import dev.bench.document.Depth;
import dev.bench.document.Numbers;
import dev.bench.document.Span;
import dev.bench.result.Result;
import dev.bench.view.Names;
import dev.bench.view.ReportContext;
import dev.bench.view.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Shows every metric of every target beside the reference. */
final class ComparisonSection implements Section {
    private static final List<Column> COLUMNS = List.of(
            Column.text("target"),
            Column.number("median"),
            Column.number("95 % CI"),
            Column.number("ratio"),
            new Column("95 % CI of ratio", "95 % CI", true),
            Column.further("P(less)"),
            Column.text("verdict"),
            Column.number("n"),
            Column.number("failed"),
            Column.further("MAD"),
            Column.further("min"),
            Column.further("max"),
            Column.further("outliers"));

    @Override
    public String title() {
        return "Comparison";
    }

    @Override
    public List<Block> blocks(ReportContext context) {
        Analysed analysed = context.analysed();
        List<Block> blocks = new ArrayList<>();
        for (Measurand metric : analysed.metrics()) {
            Depth depth = context.view().isBrief(metric) ? Depth.GLANCE : Depth.SUMMARY;
            blocks.add(new Block.Heading(metric.title(), metric.definition(), depth));
            blocks.add(Block.text(metric.definition() + "; " + metric.direction() + ". Ratio to "
                    + analysed.result().plan().reference() + "; within "
                    + Numbers.percent(analysed.margin(metric).practical())
                    + " two count as the same, a difference takes "
                    + Numbers.percent(analysed.margin(metric).bar()) + "."));
            blocks.add(new Block.Table("", "", COLUMNS, rows(analysed, metric), depth));
            boolean warned = metric.equals(analysed.headline());
            analysed.undecided(metric).forEach(sentence -> blocks.add(new Block.Statement(sentence, warned, depth)));
        }
        context.view().remarks(analysed).forEach(remark -> blocks.add(Block.note(remark)));
        return blocks;
    }

    /** A target that has no such moment has no row; only of the headline a lack must be seen. */
    private static List<List<Span>> rows(Analysed analysed, Measurand metric) {
        boolean always = metric.equals(analysed.headline());
        return analysed.result().metrics().stream()
                .filter(summary -> summary.metric().equals(metric.id()))
                .filter(summary -> always || summary.n() + summary.failures() > 0)
                .map(summary -> row(analysed, metric.unit(), summary))
                .toList();
    }

    private static List<Span> row(Analysed analysed, String unit, Result.MetricSummary summary) {
        Optional<Result.Comparison> comparison = analysed.comparison(summary.metric(), summary.target());
        return List.of(
                Names.span(analysed, summary.target()),
                new Span.Strong(new Span.Value(summary.median(), unit)),
                new Span.Interval(summary.ciLow(), summary.ciHigh(), unit),
                comparison.<Span>map(row -> new Span.Ratio(row.ratio())).orElse(Span.text("reference")),
                comparison
                        .<Span>map(row -> new Span.RatioInterval(row.ciLow(), row.ciHigh()))
                        .orElse(Span.none()),
                comparison
                        .<Span>map(row -> new Span.Fraction(row.probabilityLess()))
                        .orElse(Span.none()),
                comparison.map(row -> Span.text(row.verdict())).orElse(Span.none()),
                new Span.Count(summary.n()),
                new Span.Failures(summary.failures()),
                new Span.Value(summary.mad(), unit),
                new Span.Value(summary.min(), unit),
                new Span.Value(summary.max(), unit),
                new Span.Count(summary.outliers()));
    }
}
