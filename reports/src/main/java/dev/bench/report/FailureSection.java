package dev.bench.report;

import dev.bench.document.Html;
import dev.bench.result.Failure;
import dev.bench.result.Launch;
import dev.bench.result.Secrets;
import dev.bench.view.ReportContext;
import dev.bench.view.Section;
import java.util.List;
import java.util.Optional;

/** Shows launches that failed, each with the end of its log. */
final class FailureSection implements Section {
    private static final int SHOWN = 20;

    @Override
    public String title() {
        return "Failures";
    }

    @Override
    public Optional<String> render(ReportContext context) {
        List<Launch> failed = context.analysed().launches().stream()
                .filter(launch -> !launch.ok())
                .toList();
        if (failed.isEmpty()) {
            return Optional.empty();
        }
        Html html = new Html();
        html.raw("<p>")
                .text(failed.size() + " of " + context.analysed().launches().size()
                        + " launches failed. They are counted, never averaged.")
                .raw("</p>");
        for (Launch launch : failed.subList(0, Math.min(SHOWN, failed.size()))) {
            Failure failure = launch.failure();
            if (failure == null) {
                continue;
            }
            html.raw("<details><summary>")
                    .text(failure.kind() + ": " + Secrets.mask(failure.message()))
                    .raw("</summary>");
            String tail = failure.log() == null ? "" : context.logTail().apply(failure.log());
            html.raw("<pre>")
                    .text(tail.isEmpty() ? "(no output)" : Secrets.mask(tail))
                    .raw("</pre></details>");
        }
        if (failed.size() > SHOWN) {
            html.raw("<p>").text("The others stand in launches.jsonl.").raw("</p>");
        }
        return Optional.of(html.toString());
    }
}
