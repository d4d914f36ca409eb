package dev.bench.view.build;

import dev.bench.analysis.Analysed;
import dev.bench.chart.StackedPlot;
import dev.bench.document.Block;
import dev.bench.document.Column;
import dev.bench.document.Numbers;
import dev.bench.document.Span;
import dev.bench.measure.build.BuildRecord;
import dev.bench.view.Names;
import dev.bench.view.ReportContext;
import dev.bench.view.Section;
import java.util.ArrayList;
import java.util.List;

/** Shows every kind of build beside one another, and what lies between a change and an answer. */
final class BuildsSection implements Section {
    private static final String MILLIS = "ms";

    @Override
    public String title() {
        return "Builds";
    }

    @Override
    public List<Block> blocks(ReportContext context) {
        List<Builds> all = Builds.of(context);
        if (all.isEmpty()) {
            return List.of();
        }
        List<Block> blocks = new ArrayList<>();
        blocks.add(Block.table(
                "Medians over the blocks",
                Column.texts(
                        "target",
                        "build",
                        "builds",
                        "build takes",
                        "until ready",
                        "instructions run",
                        "layers reused",
                        "new"),
                all.stream().map(builds -> row(context.analysed(), builds)).toList()));
        toReady(blocks, context.analysed(), all);
        return blocks;
    }

    private static List<Span> row(Analysed analysed, Builds builds) {
        return List.of(
                Names.span(analysed, builds.target()),
                Span.text(builds.kind()),
                new Span.Count(builds.records().size()),
                new Span.Value(builds.median(BuildRecord::ms), MILLIS),
                new Span.Value(builds.median(BuildRecord::readyMs), MILLIS),
                builds.run().map(Span::text).orElse(Span.none()),
                reused(builds),
                new Span.Value(builds.median(BuildRecord::newMib), "MiB"));
    }

    private static Span reused(Builds builds) {
        Double reused = builds.median(BuildRecord::layersReused);
        Double layers = builds.median(BuildRecord::layers);
        return reused == null || layers == null
                ? Span.none()
                : Span.text(Numbers.digits(reused) + " of " + Numbers.digits(layers));
    }

    private static void toReady(List<Block> blocks, Analysed analysed, List<Builds> all) {
        List<Builds> changes = all.stream()
                .filter(builds -> builds.isAfterChange() && builds.median(BuildRecord::readyMs) != null)
                .toList();
        List<String> parts = changes.stream()
                .flatMap(builds -> builds.typical().parts().stream().map(BuildRecord.Part::name))
                .distinct()
                .toList();
        if (parts.isEmpty()) {
            return;
        }
        List<String> names = changes.stream()
                .map(builds -> Names.plain(analysed, builds.target()) + ", " + builds.kind())
                .toList();
        List<StackedPlot.Layer> layers = new ArrayList<>();
        for (String part : parts) {
            layers.add(new StackedPlot.Layer(
                    part,
                    changes.stream()
                            .mapToDouble(builds -> builds.part(part).orElse(0))
                            .toArray(),
                    StackedPlot.Layer.Role.PART));
        }
        List<List<Span>> rows = new ArrayList<>();
        for (int i = 0; i < changes.size(); i++) {
            List<Span> row = new ArrayList<>(List.of(Span.text(names.get(i))));
            for (StackedPlot.Layer layer : layers) {
                row.add(layer.values()[i] > 0 ? new Span.Value(layer.values()[i], MILLIS) : Span.none());
            }
            rows.add(row);
        }
        List<String> head = new ArrayList<>(List.of("target, build"));
        head.addAll(parts);
        blocks.add(new Block.Figure(
                "From the change to the first answer",
                "The parts follow one another, medians over the blocks: the builder's work, what brings its image to"
                        + " where instances start, and the start itself up to the first correct response.",
                StackedPlot.draw("From the change to the first answer", MILLIS, names, layers),
                Block.table(Column.texts(head), rows)));
    }
}
