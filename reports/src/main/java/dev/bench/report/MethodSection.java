package dev.bench.report;

import dev.bench.analysis.Analysed;
import dev.bench.result.Metric;
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
        for (Metric metric : analysed.metrics()) {
            boolean time = metric.unit().equals("ms");
            term(
                    html,
                    metric.id(),
                    metric.definition() + ", in " + metric.unit() + (time ? ". Host monotonic clock only." : "."));
        }
        if (analysed.headline() == Metric.MEMORY_MARGINAL) {
            memory(html);
        }
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

    private static void memory(Html html) {
        term(
                html,
                "marginal cost",
                "the slope of a least-squares line through the available memory lost since the reading without an"
                        + " instance, over the number of instances, that reading included: one slope per block, so that"
                        + " what an engine takes once is in the intercept. Available is MemAvailable and the free pages"
                        + " in the processors' own lists (zoneinfo, pagesets), which the kernel counts as used. What the"
                        + " harness's own JVMs and processes that have nothing to do with the run took or gave back"
                        + " meanwhile (their anonymous PSS) is left out.");
        term(
                html,
                "page cache",
                "MemAvailable counts clean and dirty cache and reclaimable slab as available, so that reading an image"
                        + " costs nothing there. The image is read in the discarded block, dirty pages are written back"
                        + " before every ramp, and nothing is dropped: that would alter the host for others. A guest's"
                        + " own cache is different: the host cannot take it back, so it is in the marginal cost.");
        term(
                html,
                "settling",
                "a reading waits until MemAvailable has changed by less than 0.5 MiB over one second, ten seconds at"
                        + " most; the one without an instance over three seconds, 45 seconds at most, because freed"
                        + " memory can come back slowly. A reading that did not settle is marked and kept.");
        term(
                html,
                "PSS",
                "smaps_rollup of every process that exists because of an instance: what its control group holds, what"
                        + " names it in its command line, what descends from those, and what came with it and descends"
                        + " from the engine. Layers take the anonymous and shared part, which cannot be dropped.");
        term(
                html,
                "charged",
                "the memory control group of the instance, versions 1 and 2 alike, page cache left out. For a virtual"
                        + " machine it is the group QEMU is started in. Control groups charge a page that several share"
                        + " to the first that touched it, PSS divides it.");
        term(
                html,
                "engines",
                "the daemons of the container engine are a layer. libvirt's embedded driver is a part of the measuring"
                        + " JVM and cannot be told from it; the growth of that JVM is stated as harness and bounds it.");
        term(
                html,
                "guest layers",
                "guest memory is what the host backs of it (PSS of QEMU's mapping of that size), divided as the guest's"
                        + " own meminfo says after the last step.");
    }

    private static void term(Html html, String term, String meaning) {
        html.element("dt", term).element("dd", meaning);
    }
}
