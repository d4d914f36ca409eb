package dev.bench.report;

import dev.bench.analysis.Analysed;
import dev.bench.analysis.Measurand;
import dev.bench.document.Block;
import dev.bench.document.Term;
import dev.bench.view.ReportContext;
import dev.bench.view.Section;
import java.util.ArrayList;
import java.util.List;

/** Says what each figure means and how it was computed. */
final class MethodSection implements Section {
    @Override
    public String title() {
        return "Method";
    }

    @Override
    public List<Block> blocks(ReportContext context) {
        Analysed analysed = context.analysed();
        List<Term> terms = new ArrayList<>();
        for (Measurand metric : analysed.metrics()) {
            boolean time = metric.unit().equals("ms");
            terms.add(new Term(
                    metric.id(),
                    metric.definition() + metric.unitAfter(", in ") + (time ? ". Host monotonic clock only." : ".")));
        }
        terms.addAll(context.view().terms());
        terms.add(new Term(
                "median, 95 % CI", "order-statistic interval of the median, from six samples on (exact binomial)."));
        terms.add(new Term(
                "MAD, outliers",
                "median absolute deviation; a sample further than 14.826 MAD from the median is"
                        + " flagged with *, never dropped."));
        terms.add(new Term(
                "ratio",
                analysed.pairs().stream()
                        .filter(pair -> !pair.logRatios().isEmpty())
                        .findFirst()
                        .map(pair -> pair.method() + ", on the logarithm of target / reference within each block.")
                        .orElse("none")));
        terms.add(new Term("P(less)", "share of blocks in which the target was below the reference."));
        terms.add(new Term(
                "verdict",
                "higher or lower: the interval excludes 1, the estimate is beyond the bar and the"
                        + " signed-rank test (with fewer than ten blocks Student's t-test, since ranks of so few cannot"
                        + " reject) rejects after Holm's correction; equivalent: the interval is within the practical"
                        + " margin of 5 %;"
                        + " inconclusive: neither. The bar for a difference is the larger of 5 % and twice the half-width of the"
                        + " metric's A/A interval; noise raises that bar, and never makes two things the same."));
        terms.add(new Term(
                "A/A", "the reference, launched a second time in every block: what two equal things differ by here."));
        terms.add(new Term(
                "emulated",
                "the machine's CPU was emulated (TCG). Its times say nothing about a machine on hardware."));
        return List.of(new Block.Glossary(terms));
    }
}
