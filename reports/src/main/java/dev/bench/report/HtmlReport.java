package dev.bench.report;

import dev.bench.result.Result;
import java.util.List;

/** Renders a report as one HTML file that needs no network and no script. */
final class HtmlReport {
    private static final List<Section> SECTIONS = List.of(
            new ComparisonSection(),
            new StartsSection(),
            new ThroughputSection(),
            new PlotSection(),
            new WaterfallSection(),
            new MemorySection(),
            new MemorySlopeSection(),
            new DiskSection(),
            new IdentitySection(),
            new FailureSection(),
            new EnvironmentSection(),
            new MethodSection(),
            new SourceSection());

    private HtmlReport() {}

    static String render(ReportContext context) {
        Result result = context.analysed().result();
        String eyebrow = "bench · " + result.scenario().measure() + " · " + result.startedAt();
        return HtmlPage.render(
                result.tool(), eyebrow, VerdictSentence.of(context.analysed()), result.warnings(), parts(context));
    }

    /** Returns every section that has something to show, in order; each is made by itself, several at a time. */
    static List<HtmlPage.Part> parts(ReportContext context) {
        return SECTIONS.parallelStream()
                .flatMap(section ->
                        section.render(context).map(content -> new HtmlPage.Part(section.title(), content)).stream())
                .toList();
    }
}
