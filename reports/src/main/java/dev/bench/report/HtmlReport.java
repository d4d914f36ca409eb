package dev.bench.report;

import dev.bench.document.HtmlPage;
import dev.bench.result.Result;
import dev.bench.view.MeasureView;
import dev.bench.view.ReportContext;
import dev.bench.view.Section;
import java.util.ArrayList;
import java.util.List;

/** Renders a report as one HTML file that needs no network and no script. */
final class HtmlReport {
    private HtmlReport() {}

    static String render(ReportContext context) {
        Result result = context.analysed().result();
        String eyebrow = "bench · " + result.scenario().measure() + " · " + result.startedAt();
        return HtmlPage.render(
                result.tool(),
                eyebrow,
                VerdictSentence.of(context.analysed()),
                Warnings.of(context.analysed()),
                parts(context));
    }

    /** Returns every section that has something to show, in order; each is made by itself, several at a time. */
    static List<HtmlPage.Part> parts(ReportContext context) {
        return sections(context.view()).parallelStream()
                .flatMap(section ->
                        section.render(context).map(content -> new HtmlPage.Part(section.title(), content)).stream())
                .toList();
    }

    static List<Section> sections(MeasureView view) {
        List<Section> sections = new ArrayList<>();
        sections.add(new ComparisonSection());
        sections.addAll(view.sections());
        sections.addAll(List.of(
                new IdentitySection(),
                new FailureSection(),
                new EnvironmentSection(),
                new MethodSection(),
                new SourceSection()));
        return sections;
    }
}
