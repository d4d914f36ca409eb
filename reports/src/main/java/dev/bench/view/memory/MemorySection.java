package dev.bench.view.memory;

import dev.bench.analysis.Analysed;
import dev.bench.chart.StackedPlot;
import dev.bench.document.Block;
import dev.bench.document.Column;
import dev.bench.document.Numbers;
import dev.bench.document.Span;
import dev.bench.measure.memory.MemoryLayer;
import dev.bench.measure.memory.MemoryReading;
import dev.bench.measure.memory.MemoryReading.Value;
import dev.bench.result.Result;
import dev.bench.view.Names;
import dev.bench.view.ReportContext;
import dev.bench.view.Section;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Shows what an instance's memory consists of, by layer, and the independent readings of it beside one another. */
final class MemorySection implements Section {
    private static final String UNIT = "MiB";
    /** A residual beyond this share of the marginal cost is spoken of. */
    private static final double RESIDUAL = 0.15;
    /** Targets whose cost is less than this share of the largest get a chart of their own, or nobody would see them. */
    private static final double SMALL = 0.2;

    @Override
    public String title() {
        return "Where the memory goes";
    }

    @Override
    public List<Block> blocks(ReportContext context) {
        Analysed analysed = context.analysed();
        Map<String, MemoryFigures> figures = new LinkedHashMap<>();
        for (Result.TargetFacts target : analysed.result().targets()) {
            MemoryFigures ofTarget = new MemoryFigures(context, target.name());
            if (ofTarget.mean(MemoryView.MARGINAL).isPresent()) {
                figures.put(target.name(), ofTarget);
            }
        }
        if (figures.isEmpty()) {
            return List.of();
        }
        List<Block> blocks = new ArrayList<>();
        layers(blocks, analysed, figures);
        residuals(blocks, figures);
        readings(blocks, analysed, figures);
        inside(blocks, analysed, figures);
        states(blocks, figures);
        return blocks;
    }

    private static void layers(List<Block> blocks, Analysed analysed, Map<String, MemoryFigures> figures) {
        List<String> all = List.copyOf(figures.keySet());
        double largest =
                all.stream().mapToDouble(name -> marginal(figures, name)).max().orElse(0);
        List<String> small = all.stream()
                .filter(name -> marginal(figures, name) < SMALL * largest)
                .toList();
        figure(blocks, analysed, figures, all, "Layers of one instance");
        if (!small.isEmpty()) {
            figure(blocks, analysed, figures, small, "Layers of one instance, the small ones");
        }
    }

    private static void figure(
            List<Block> blocks,
            Analysed analysed,
            Map<String, MemoryFigures> figures,
            List<String> names,
            String title) {
        List<StackedPlot.Layer> layers = new ArrayList<>();
        List<List<Span>> rows = new ArrayList<>();
        for (MemoryLayer layer : MemoryLayer.values()) {
            double[] values = new double[names.size()];
            List<Span> row = new ArrayList<>(List.of(Span.text(layer.title())));
            for (int i = 0; i < values.length; i++) {
                Optional<Double> value = mean(figures, names.get(i), layer.id());
                values[i] = value.orElse(0.0);
                row.add(new Span.Value(value.orElse(null), UNIT));
            }
            row.add(new Span.Wrapped(layer.definition()));
            rows.add(row);
            layers.add(new StackedPlot.Layer(
                    layer.title(),
                    values,
                    switch (layer) {
                        case RESIDUAL -> StackedPlot.Layer.Role.REST;
                        case PAGE_CACHE -> StackedPlot.Layer.Role.BESIDE;
                        default -> StackedPlot.Layer.Role.PART;
                    }));
        }
        List<String> head = new ArrayList<>(List.of("layer"));
        names.forEach(name -> head.add(Names.plain(analysed, name)));
        head.add("what it is");
        blocks.add(new Block.Figure(
                title,
                "What one more idle instance takes, mean over the blocks. All layers but the page cache add up to the"
                        + " marginal cost; the residual is what no layer accounts for.",
                StackedPlot.draw(
                        title,
                        UNIT + " per instance",
                        names.stream().map(name -> Names.plain(analysed, name)).toList(),
                        layers),
                Block.table(Column.texts(head), rows)));
    }

    private static double marginal(Map<String, MemoryFigures> figures, String name) {
        return mean(figures, name, MemoryView.MARGINAL).orElse(0.0);
    }

    private static Optional<Double> mean(Map<String, MemoryFigures> figures, String name, String id) {
        MemoryFigures ofTarget = figures.get(name);
        return ofTarget == null ? Optional.empty() : ofTarget.mean(id);
    }

    /** Says how much is left over, and of what kind it can be: the kernel counts it nowhere by itself. */
    private static void residuals(List<Block> blocks, Map<String, MemoryFigures> figures) {
        StringBuilder text = new StringBuilder();
        figures.forEach((name, ofTarget) -> {
            double residual = ofTarget.mean(MemoryLayer.RESIDUAL.id()).orElse(0.0);
            double share = residual / marginal(figures, name);
            text.append("Residual of " + name + ": " + Numbers.value(residual, UNIT) + ", " + Numbers.percent(share)
                    + " of the marginal cost. ");
            if (Math.abs(share) > RESIDUAL) {
                text.append("That is more than " + Numbers.percent(RESIDUAL) + ": "
                        + (residual > 0
                                ? "pages that the kernel hands out without a counter (network queues, pipes, memory of"
                                        + " control groups being removed) and free pages kept per processor. "
                                : "the layers hold pages that also count as available, or the host gave back memory"
                                        + " elsewhere while instances were started. "));
            }
        });
        blocks.add(Block.note(text.toString()));
    }

    private static void readings(List<Block> blocks, Analysed analysed, Map<String, MemoryFigures> figures) {
        List<List<Span>> rows = new ArrayList<>();
        figures.forEach((name, ofTarget) -> {
            List<Span> row = new ArrayList<>(List.of(Names.span(analysed, name)));
            row.add(median(analysed, MemoryView.MARGINAL, name));
            row.add(median(analysed, MemoryView.LOADED, name));
            for (Value value : List.of(
                    Value.PSS,
                    Value.PSS_FILE,
                    Value.CGROUP_ANONYMOUS,
                    Value.CGROUP_SHARED,
                    Value.CGROUP_FILE,
                    Value.CGROUP_KERNEL,
                    Value.CGROUP_SLAB)) {
                row.add(new Span.Value(
                        ofTarget.perInstance(reading -> reading.has(value), reading -> reading.value(value))
                                .orElse(null),
                        UNIT));
            }
            row.add(new Span.Value(harness(ofTarget).orElse(null), UNIT));
            rows.add(row);
        });
        blocks.add(Block.table(
                "Independent readings, per instance (median over the blocks, at the last step)",
                Column.texts(
                        "target",
                        "marginal, idle",
                        "marginal, after load",
                        "PSS",
                        "of it files",
                        "group: anonymous",
                        "group: shared",
                        "group: file",
                        "group: kernel",
                        "of it slab",
                        "harness (left out)"),
                rows));
    }

    private static Span median(Analysed analysed, String metric, String target) {
        return new Span.Value(
                analysed.summary(metric, target)
                        .map(Result.MetricSummary::median)
                        .orElse(null),
                UNIT);
    }

    /** Returns what the harness took per instance between the first and the last reading of a ramp. */
    private static Optional<Double> harness(MemoryFigures figures) {
        return MemoryFigures.median(figures.last().stream()
                .filter(reading -> reading.instances() > 0)
                .mapToDouble(reading -> (reading.value(Value.HARNESS)
                                - figures.base(reading)
                                        .map(base -> base.value(Value.HARNESS))
                                        .orElse(reading.value(Value.HARNESS)))
                        / reading.instances())
                .toArray());
    }

    private static void inside(List<Block> blocks, Analysed analysed, Map<String, MemoryFigures> figures) {
        List<String> lines =
                List.of("MemTotal", "MemFree", "MemAvailable", "Cached", "AnonPages", "Slab", "KernelStack");
        List<List<Span>> rows = new ArrayList<>();
        figures.forEach((name, ofTarget) -> {
            Optional<Double> backed = ofTarget.perInstance(
                    reading -> reading.values().containsKey(MemoryReading.INSIDE + "MemTotal"),
                    reading -> reading.value(Value.GUEST_BACKED));
            if (backed.isPresent()) {
                List<Span> row = new ArrayList<>(List.of(Names.span(analysed, name)));
                row.add(new Span.Value(backed.get(), UNIT));
                for (String line : lines) {
                    String id = MemoryReading.INSIDE + line;
                    row.add(new Span.Value(
                            ofTarget.perInstance(
                                            reading -> reading.values().containsKey(id),
                                            reading -> reading.values().getOrDefault(id, 0.0))
                                    .orElse(null),
                            UNIT));
                }
                rows.add(row);
            }
        });
        if (!rows.isEmpty()) {
            List<String> head = new ArrayList<>(List.of("target", "backed by the host"));
            head.addAll(lines);
            blocks.add(Block.table("The view from inside the guest, per instance", Column.texts(head), rows));
        }
    }

    private static void states(List<Block> blocks, Map<String, MemoryFigures> figures) {
        List<MemoryReading> all = figures.values().stream()
                .flatMap(ofTarget -> ofTarget.readings(reading -> true).stream())
                .toList();
        long unsettled = all.stream().filter(reading -> !reading.settled()).count();
        double merged = all.stream()
                .mapToDouble(reading -> reading.value(Value.MERGED))
                .max()
                .orElse(0);
        double swapped = all.stream()
                .mapToDouble(reading -> reading.value(Value.SWAPPED))
                .max()
                .orElse(0);
        double huge = all.stream()
                .mapToDouble(reading -> reading.value(Value.HUGE))
                .max()
                .orElse(0);
        blocks.add(Block.note(
                unsettled + " of " + all.size() + " readings had not settled at their deadline. Largest seen: "
                        + Numbers.value(merged, UNIT) + " shared by KSM, " + Numbers.value(swapped, UNIT)
                        + " swapped, " + Numbers.value(huge, UNIT) + " in transparent huge pages."));
    }
}
