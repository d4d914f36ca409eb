package dev.bench.view.delivery;

import dev.bench.analysis.Analysed;
import dev.bench.chart.StackedPlot;
import dev.bench.document.Block;
import dev.bench.document.Column;
import dev.bench.document.Depth;
import dev.bench.document.Span;
import dev.bench.measure.delivery.DeliveryRecord;
import dev.bench.view.Names;
import dev.bench.view.ReportContext;
import dev.bench.view.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** Shows every kind of delivery beside one another, and what lies between a pull and an answer. */
final class DeliveriesSection implements Section {
    private static final String MILLIS = "ms";
    private static final String MEBIBYTES = "MiB";

    @Override
    public String title() {
        return "Deliveries";
    }

    @Override
    public List<Block> blocks(ReportContext context) {
        List<Deliveries> all = Deliveries.of(context);
        if (all.isEmpty()) {
            return List.of();
        }
        String links = all.stream()
                .flatMap(deliveries -> deliveries.records().stream())
                .map(DeliveryRecord::link)
                .distinct()
                .collect(Collectors.joining(", "));
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Block.Statement("The link to the registry: " + links + ".", false, Depth.GLANCE));
        blocks.add(Block.table(
                "Medians over the blocks",
                Column.texts(
                        "target",
                        "delivery",
                        "deliveries",
                        "push takes",
                        "moved by it",
                        "held before",
                        "pull takes",
                        "moved by it",
                        "until ready",
                        "held then"),
                all.stream()
                        .map(deliveries -> row(context.analysed(), deliveries))
                        .toList()));
        blocks.add(toReady(context.analysed(), all));
        return blocks;
    }

    private static List<Span> row(Analysed analysed, Deliveries deliveries) {
        return List.of(
                Names.span(analysed, deliveries.target()),
                Span.text(deliveries.kind()),
                new Span.Count(deliveries.records().size()),
                millis(deliveries, DeliveryRecord::pushMs),
                mebibytes(deliveries, DeliveryRecord::pushedMib),
                mebibytes(deliveries, DeliveryRecord::heldMib),
                millis(deliveries, DeliveryRecord::pullMs),
                mebibytes(deliveries, DeliveryRecord::pulledMib),
                millis(deliveries, DeliveryRecord::readyMs),
                mebibytes(deliveries, DeliveryRecord::holdsMib));
    }

    private static Span millis(Deliveries deliveries, ToDoubleFunction<DeliveryRecord> value) {
        return new Span.Value(deliveries.median(value), MILLIS);
    }

    private static Span mebibytes(Deliveries deliveries, ToDoubleFunction<DeliveryRecord> value) {
        return new Span.Value(deliveries.median(value), MEBIBYTES);
    }

    private static Block toReady(Analysed analysed, List<Deliveries> all) {
        List<String> names = all.stream()
                .map(deliveries -> Names.plain(analysed, deliveries.target()) + ", " + deliveries.kind())
                .toList();
        List<StackedPlot.Layer> layers = List.of(
                layer("pull", all, DeliveryRecord::pullMs),
                layer("start", all, record -> record.readyMs() - record.pullMs()));
        List<List<Span>> rows = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            List<Span> row = new ArrayList<>(List.of(Span.text(names.get(i))));
            for (StackedPlot.Layer layer : layers) {
                row.add(new Span.Value(layer.values()[i], MILLIS));
            }
            rows.add(row);
        }
        String title = "From the pull to the first answer";
        return new Block.Figure(
                title,
                "The parts follow one another, medians over the blocks: the pull, then the start of an instance up to its"
                        + " first correct response.",
                StackedPlot.draw(title, MILLIS, names, layers),
                Block.table(Column.texts("target, delivery", "pull", "start"), rows));
    }

    private static StackedPlot.Layer layer(String name, List<Deliveries> all, ToDoubleFunction<DeliveryRecord> value) {
        return new StackedPlot.Layer(
                name,
                all.stream().mapToDouble(deliveries -> deliveries.median(value)).toArray(),
                StackedPlot.Layer.Role.PART);
    }
}
