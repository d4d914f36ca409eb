package dev.bench.view.memory;

import dev.bench.analysis.Analysed;
import dev.bench.document.Block;
import dev.bench.document.Column;
import dev.bench.document.Numbers;
import dev.bench.document.Span;
import dev.bench.result.Result;
import dev.bench.view.Names;
import dev.bench.view.ReportContext;
import dev.bench.view.Section;
import java.util.ArrayList;
import java.util.List;

/** Shows what the image and each instance take on disk. */
final class DiskSection implements Section {
    private static final String UNIT = "MiB";

    @Override
    public String title() {
        return "Disk weight";
    }

    @Override
    public List<Block> blocks(ReportContext context) {
        Analysed analysed = context.analysed();
        List<List<Span>> rows = new ArrayList<>();
        for (Result.TargetFacts target : analysed.result().targets()) {
            if (analysed.summary(MemoryView.DISK_IMAGE, target.name())
                    .filter(summary -> summary.n() > 0)
                    .isPresent()) {
                rows.add(List.of(
                        Names.span(analysed, target.name()),
                        median(analysed, MemoryView.DISK_COMPRESSED, target.name()),
                        median(analysed, MemoryView.DISK_IMAGE, target.name()),
                        median(analysed, MemoryView.DISK_LAYER, target.name()),
                        Span.text(target.facts().getOrDefault("disk", Numbers.NONE))));
            }
        }
        if (rows.isEmpty()) {
            return List.of();
        }
        return List.of(
                Block.table(
                        Column.texts(
                                "target",
                                "image, compressed",
                                "image on disk, shared",
                                "added by one instance",
                                "virtual disk"),
                        rows),
                Block.note("Allocated blocks, so that holes count nothing: for a process the file tree and its upper"
                        + " directory; for a container the engine's image and the container's layer and state; for a"
                        + " virtual machine the base disk with the kernel, and the overlay with the initial RAM disk;"
                        + " for one without a disk the file tree in the disk's place."));
    }

    private static Span median(Analysed analysed, String metric, String target) {
        return new Span.Value(
                analysed.summary(metric, target)
                        .map(Result.MetricSummary::median)
                        .orElse(null),
                UNIT);
    }
}
