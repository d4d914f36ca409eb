package dev.bench.view.memory;

import dev.bench.analysis.Analysed;
import dev.bench.document.Html;
import dev.bench.document.Numbers;
import dev.bench.result.Result;
import dev.bench.view.Names;
import dev.bench.view.ReportContext;
import dev.bench.view.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Shows what the image and each instance take on disk. */
final class DiskSection implements Section {
    private static final String UNIT = "MiB";

    @Override
    public String title() {
        return "Disk weight";
    }

    @Override
    public Optional<String> render(ReportContext context) {
        Analysed analysed = context.analysed();
        List<List<String>> rows = new ArrayList<>();
        for (Result.TargetFacts target : analysed.result().targets()) {
            if (analysed.summary(MemoryView.DISK_IMAGE, target.name())
                    .filter(summary -> summary.n() > 0)
                    .isPresent()) {
                rows.add(List.of(
                        Names.html(analysed, target.name()),
                        median(analysed, MemoryView.DISK_COMPRESSED, target.name()),
                        median(analysed, MemoryView.DISK_IMAGE, target.name()),
                        median(analysed, MemoryView.DISK_LAYER, target.name()),
                        Html.escape(target.facts().getOrDefault("disk", Numbers.NONE))));
            }
        }
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        Html html = new Html();
        html.table(
                "",
                List.of(
                        "target",
                        "image, compressed",
                        "image on disk, shared",
                        "added by one instance",
                        "virtual disk"),
                rows);
        html.raw("<p class=\"note\">")
                .text("Allocated blocks, so that holes count nothing: for a process the file tree and its upper"
                        + " directory; for a container the engine's image and the container's layer and state; for a"
                        + " virtual machine the base disk with the kernel, and the overlay with the initial RAM disk.")
                .raw("</p>");
        return Optional.of(html.toString());
    }

    private static String median(Analysed analysed, String metric, String target) {
        return Numbers.value(
                analysed.summary(metric, target)
                        .map(Result.MetricSummary::median)
                        .orElse(null),
                UNIT);
    }
}
