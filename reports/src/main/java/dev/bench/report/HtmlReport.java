package dev.bench.report;

import dev.bench.result.Result;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

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
        String sentence = VerdictSentence.of(context.analysed());
        Html body = new Html();
        Html navigation = new Html();
        int number = 0;
        for (Section section : SECTIONS) {
            Optional<String> content = section.render(context);
            if (content.isPresent()) {
                String id = "s" + number++;
                navigation.raw("<a href=\"#" + id + "\">").text(section.title()).raw("</a>");
                body.raw("<section id=\"" + id + "\">").element("h2", section.title());
                body.raw(content.get()).raw("</section>");
            }
        }
        Html page = new Html();
        page.raw("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">");
        page.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        page.raw("<meta name=\"generator\" content=\"").text(result.tool()).raw("\">");
        page.element("title", sentence).raw("<style>").raw(stylesheet()).raw("</style></head><body><main>");
        page.raw("<header><p class=\"eyebrow\">")
                .text("bench · " + result.scenario().measure() + " · " + result.startedAt())
                .raw("</p>");
        page.element("h1", sentence);
        warnings(page, result);
        page.raw("<nav>").raw(navigation.toString()).raw("</nav></header>");
        page.raw(body.toString());
        page.raw("<footer>").text("Written by " + result.tool() + ". ").raw("</footer></main></body></html>\n");
        return page.toString();
    }

    private static void warnings(Html page, Result result) {
        if (result.warnings().isEmpty()) {
            return;
        }
        page.raw("<div class=\"warnings\" role=\"note\"><strong>Read with care</strong><ul>");
        result.warnings().forEach(warning -> page.element("li", warning));
        page.raw("</ul></div>");
    }

    private static String stylesheet() {
        try (InputStream resource = HtmlReport.class.getResourceAsStream("report.css")) {
            if (resource == null) {
                throw new IllegalStateException("report.css is missing from the program's own files");
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
