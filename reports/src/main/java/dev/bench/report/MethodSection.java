package dev.bench.report;

import dev.bench.analysis.Analysed;
import dev.bench.analysis.Measurand;
import dev.bench.document.Html;
import dev.bench.view.ReportContext;
import dev.bench.view.Section;
import java.util.Optional;

/** Says what each figure means and how it was computed. */
final class MethodSection implements Section {
    @Override
    public String title() {
        return "Method";
    }

    @Override
    public Optional<String> render(ReportContext context) {
        Analysed analysed = context.analysed();
        Html html = new Html().raw("<dl>");
        for (Measurand metric : analysed.metrics()) {
            boolean time = metric.unit().equals("ms");
            term(
                    html,
                    metric.id(),
                    metric.definition() + metric.unitAfter(", in ") + (time ? ". Host monotonic clock only." : "."));
        }
        context.view().terms().forEach(term -> term(html, term.word(), term.meaning()));
        term(html, "median, 95 % CI", "order-statistic interval of the median, from six samples on (exact binomial).");
        term(
                html,
                "MAD, outliers",
                "median absolute deviation; a sample further than 14.826 MAD from the median is"
                        + " flagged with *, never dropped.");
        term(
                html,
                "ratio",
                analysed.pairs().stream()
                        .filter(pair -> !pair.logRatios().isEmpty())
                        .findFirst()
                        .map(pair -> pair.method() + ", on the logarithm of target / reference within each block.")
                        .orElse("none"));
        term(html, "P(less)", "share of blocks in which the target was below the reference.");
        term(
                html,
                "verdict",
                "higher or lower: the interval excludes 1, the estimate is beyond the bar and the"
                        + " signed-rank test (with fewer than ten blocks Student's t-test, since ranks of so few cannot"
                        + " reject) rejects after Holm's correction; equivalent: the interval is within the practical"
                        + " margin of 5 %;"
                        + " inconclusive: neither. The bar for a difference is the larger of 5 % and twice the half-width of the"
                        + " metric's A/A interval; noise raises that bar, and never makes two things the same.");
        term(
                html,
                "A/A",
                "the reference, launched a second time in every block: what two equal things differ by here.");
        term(
                html,
                "emulated",
                "the machine's CPU was emulated (TCG). Its times say nothing about a machine on hardware.");
        return Optional.of(html.raw("</dl>").toString());
    }

    private static void term(Html html, String term, String meaning) {
        html.element("dt", term).element("dd", meaning);
    }
}
