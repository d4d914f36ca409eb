package dev.bench.report;

import dev.bench.result.Result;
import java.util.ArrayList;
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

    /** Returns every section that has something to show. */
    static List<HtmlPage.Part> parts(ReportContext context) {
        List<HtmlPage.Part> parts = new ArrayList<>();
        for (Section section : SECTIONS) {
            section.render(context).ifPresent(content -> parts.add(new HtmlPage.Part(section.title(), content)));
        }
        return parts;
    }
}
