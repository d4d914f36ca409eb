package dev.bench.report;

import dev.bench.analysis.Analysed;
import dev.bench.document.Block;
import dev.bench.document.Column;
import dev.bench.document.Depth;
import dev.bench.document.Span;
import dev.bench.result.ImageLayer;
import dev.bench.result.Result;
import dev.bench.result.WritableLayer;
import dev.bench.view.Names;
import dev.bench.view.ReportContext;
import dev.bench.view.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Shows what the image is made of, and what an instance of each target writes over it and leaves behind. */
final class ImageSection implements Section {
    private static final double MEBIBYTE = 1 << 20;

    @Override
    public String title() {
        return "Image";
    }

    @Override
    public List<Block> blocks(ReportContext context) {
        Analysed analysed = context.analysed();
        return blocks(
                analysed.result().workload().layers(), analysed.result().targets(), name -> Names.span(analysed, name));
    }

    static List<Block> blocks(List<ImageLayer> layers, List<Result.TargetFacts> all, Function<String, Span> names) {
        List<Block> blocks = new ArrayList<>();
        layers(blocks, layers);
        List<Seen> seen = new ArrayList<>();
        for (Result.TargetFacts target : all) {
            WritableLayer layer = target.writable();
            if (layer != null) {
                seen.add(new Seen(target.name(), names.apply(target.name()), layer));
            }
        }
        if (!seen.isEmpty()) {
            written(blocks, seen);
            firstWrites(blocks, seen);
            traces(blocks, seen);
        }
        return blocks;
    }

    /** Is what was seen of one target. */
    private record Seen(String target, Span name, WritableLayer layer) {}

    private static void layers(List<Block> blocks, List<ImageLayer> layers) {
        if (layers.isEmpty()) {
            return;
        }
        List<List<Span>> rows = new ArrayList<>();
        for (int i = 0; i < layers.size(); i++) {
            ImageLayer layer = layers.get(i);
            rows.add(List.of(
                    new Span.Count(i + 1),
                    layer.instruction().isEmpty() ? Span.none() : new Span.Wrapped(layer.instruction()),
                    new Span.Value(layer.bytes() / MEBIBYTE, "MiB"),
                    new Span.Count(layer.files())));
        }
        blocks.add(table("Layers, lowest first", Column.texts("layer", "made by", "size", "files"), rows));
    }

    private static void written(List<Block> blocks, List<Seen> targets) {
        String load = targets.stream()
                .map(target -> target.layer().load())
                .filter(words -> !words.isEmpty())
                .findFirst()
                .orElse("");
        List<String> heads = new ArrayList<>(List.of("target", "kept in", "when ready", "files"));
        if (!load.isEmpty()) {
            heads.addAll(List.of("after load", "files"));
        }
        heads.addAll(List.of("at its end", "files", "the largest"));
        List<List<Span>> rows = new ArrayList<>();
        for (Seen target : targets) {
            WritableLayer layer = target.layer();
            WritableLayer.Content last = layer.ended() == null ? layer.ready() : layer.ended();
            List<Span> row = new ArrayList<>(
                    List.of(target.name(), Span.text(layer.form()), size(layer.ready()), files(layer.ready())));
            if (!load.isEmpty()) {
                row.add(size(layer.loaded()));
                row.add(files(layer.loaded()));
            }
            row.add(size(layer.ended()));
            row.add(files(layer.ended()));
            row.add(last.largest().isEmpty() ? Span.none() : new Span.Wrapped(String.join(", ", last.largest())));
            rows.add(row);
        }
        blocks.add(table("What one instance wrote over the image", Column.texts(heads), rows));
        blocks.add(
                Block.note("Looked at once, in an instance that was launched after the last block, when it was ready,"
                        + (load.isEmpty() ? "" : " after " + load + " one after the other,")
                        + " and after it had ended by its stop signal. An overlay of files holds a whole file for every file that was"
                        + " opened for writing; an overlay of a disk holds the blocks that a guest has written to it by then, those"
                        + " of its file system's journal too, and its files are those with a block that differs, known once it has"
                        + " ended."));
    }

    private static Block table(String caption, List<Column> columns, List<List<Span>> rows) {
        return new Block.Table(caption, "Image: " + caption, columns, rows, Depth.SUMMARY);
    }

    private static Span size(WritableLayer.@Nullable Content content) {
        return content == null ? Span.none() : new Span.Value(content.bytes() / MEBIBYTE, "MiB");
    }

    private static Span files(WritableLayer.@Nullable Content content) {
        return content == null || content.files() == null ? Span.none() : new Span.Count(content.files());
    }

    private static void firstWrites(List<Block> blocks, List<Seen> targets) {
        List<List<Span>> rows = new ArrayList<>();
        for (Seen target : targets) {
            WritableLayer.FirstWrite write = target.layer().firstWrite();
            rows.add(List.of(
                    target.name(),
                    new Span.Code(write.file()),
                    new Span.Value(write.bytes() / MEBIBYTE, "MiB"),
                    new Span.Value(write.firstMs(), "ms"),
                    new Span.Value(write.secondMs(), "ms"),
                    new Span.Ratio(write.secondMs() > 0 ? write.firstMs() / write.secondMs() : null)));
        }
        blocks.add(table(
                "One byte written to the image's largest file",
                Column.texts("target", "file", "size", "first time", "second time", "first / second"),
                rows));
        blocks.add(
                Block.note("Opened, one byte written, and waited for until the disk had it; once each, before anything"
                        + " was timed, by the instance's own clock. The first time an overlay of files copies the whole file, an"
                        + " overlay of a disk only the blocks around the byte."));
    }

    private static void traces(List<Block> blocks, List<Seen> targets) {
        String gone = named(targets, false);
        String found = named(targets, true);
        if (!gone.isEmpty()) {
            blocks.add(
                    Block.text("Gone after removal: a file was written in an instance of each target, the instance was"
                            + " removed, and the file was looked for in a new one. It was not there on " + gone + "."));
        }
        if (!found.isEmpty()) {
            blocks.add(new Block.Paragraph(
                    Block.Role.ALARM,
                    List.of(Span.text(
                            "Left after removal: a file that an instance had written before it was removed was"
                                    + " found in a new one on " + found + "."))));
        }
    }

    private static String named(List<Seen> targets, boolean found) {
        return targets.stream()
                .filter(target -> Boolean.valueOf(found).equals(target.layer().traceFound()))
                .map(Seen::target)
                .collect(Collectors.joining(", "));
    }
}
