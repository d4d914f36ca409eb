package dev.bench.view.memory;

import dev.bench.analysis.Analysed;
import dev.bench.chart.FittedPlot;
import dev.bench.chart.Values;
import dev.bench.document.Block;
import dev.bench.document.Column;
import dev.bench.document.Numbers;
import dev.bench.document.Span;
import dev.bench.measure.memory.MemoryReading;
import dev.bench.result.Result;
import dev.bench.view.Names;
import dev.bench.view.ReportContext;
import dev.bench.view.Section;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Shows the memory that the host lost at every step, with the line whose slope is the marginal cost. */
final class MemorySlopeSection implements Section {
    private static final String UNIT = "MiB";

    @Override
    public String title() {
        return "Memory over instances";
    }

    @Override
    public List<Block> blocks(ReportContext context) {
        List<Block> blocks = new ArrayList<>();
        boolean any = false;
        for (Result.TargetFacts target : context.analysed().result().targets()) {
            any |= slope(blocks, context, target.name());
        }
        return any ? blocks : List.of();
    }

    private static boolean slope(List<Block> blocks, ReportContext context, String target) {
        Analysed analysed = context.analysed();
        Optional<Result.MetricSummary> summary = analysed.summary(MemoryView.MARGINAL, target);
        MemoryFigures figures = new MemoryFigures(context, target);
        Map<Integer, List<Double>> losses = new TreeMap<>();
        for (MemoryReading reading : figures.idle()) {
            figures.base(reading)
                    .ifPresent(base -> losses.computeIfAbsent(reading.instances(), instances -> new ArrayList<>())
                            .add(reading.lossSince(base)));
        }
        if (losses.size() < 2 || summary.isEmpty() || summary.get().median() == null) {
            return false;
        }
        double median = summary.get().median();
        double low = summary.get().ciLow() == null ? median : summary.get().ciLow();
        double high = summary.get().ciHigh() == null ? median : summary.get().ciHigh();
        double[] x = new double[losses.values().stream().mapToInt(List::size).sum()];
        double[] y = new double[x.length];
        List<List<Span>> rows = new ArrayList<>();
        int next = 0;
        for (Map.Entry<Integer, List<Double>> step : losses.entrySet()) {
            double[] sorted = step.getValue().stream()
                    .mapToDouble(Double::doubleValue)
                    .sorted()
                    .toArray();
            for (double loss : sorted) {
                x[next] = step.getKey();
                y[next++] = loss;
            }
            rows.add(List.of(
                    new Span.Count(step.getKey()),
                    new Span.Value(MemoryFigures.median(sorted).orElse(null), UNIT),
                    new Span.Interval(sorted[0], sorted[sorted.length - 1], UNIT),
                    new Span.Count(sorted.length)));
        }
        double intercept = Arrays.stream(y).average().orElse(0)
                - median * Arrays.stream(x).average().orElse(0);
        String name = Names.plain(analysed, target);
        blocks.add(new Block.Figure(
                name,
                "A point is the available memory lost since the reading without an instance; the line has the median"
                        + " slope of the blocks, " + Numbers.value(median, UNIT)
                        + " per instance, the band its 95 % interval, "
                        + Numbers.interval(summary.get().ciLow(), summary.get().ciHigh(), UNIT) + ".",
                FittedPlot.draw(
                        "Memory lost to instances of " + name,
                        "instances",
                        UNIT,
                        new Values(name, x, y),
                        new FittedPlot.Line(intercept, median, low, high)),
                Block.table(Column.texts("instances", "lost (median)", "least and most", "readings"), rows)));
        return true;
    }
}
