package dev.bench.report;

import dev.bench.analysis.Analysed;
import dev.bench.document.Document;
import dev.bench.document.Part;
import dev.bench.result.Result;
import dev.bench.view.MeasureView;
import dev.bench.view.ReportContext;
import dev.bench.view.Section;
import dev.bench.view.Views;
import java.util.ArrayList;
import java.util.List;

/** Puts together what is said of one result, for every kind of output. */
final class ReportDocument {
    private ReportDocument() {}

    /** Returns all of it. */
    static Document of(ReportContext context) {
        return of(context.analysed(), parts(context));
    }

    /** Returns what there is room for in a comment or on a terminal; draws no plot. */
    static Document brief(Analysed analysed) {
        ReportContext context = new ReportContext(analysed, Views.of(analysed), List.of(), "", log -> "");
        return of(
                analysed, parts(List.of(new ComparisonSection(), new ClaimsSection(), new IdentitySection()), context));
    }

    private static Document of(Analysed analysed, List<Part> parts) {
        Result result = analysed.result();
        return Document.of(
                result.tool(),
                "bench · " + result.scenario().measure() + " · " + result.startedAt(),
                VerdictSentence.of(analysed),
                Warnings.of(analysed),
                parts,
                result.id() + ", " + result.tool());
    }

    private static List<Part> parts(ReportContext context) {
        return parts(sections(context.view()), context);
    }

    /** Returns every section that has something to show, in order; each is made by itself, several at a time. */
    private static List<Part> parts(List<Section> sections, ReportContext context) {
        return sections.parallelStream()
                .map(section -> new Part(section.title(), section.blocks(context)))
                .filter(part -> !part.blocks().isEmpty())
                .toList();
    }

    static List<Section> sections(MeasureView view) {
        List<Section> sections = new ArrayList<>();
        sections.add(new ComparisonSection());
        sections.add(new ClaimsSection());
        sections.addAll(view.sections());
        sections.addAll(List.of(
                new IdentitySection(),
                new ImageSection(),
                new FailureSection(),
                new EnvironmentSection(),
                new MethodSection(),
                new SourceSection()));
        return sections;
    }
}
