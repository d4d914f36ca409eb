package dev.bench.view.memory;

import dev.bench.analysis.Analysed;
import dev.bench.chart.Charts;
import dev.bench.document.Html;
import dev.bench.document.Numbers;
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
    public Optional<String> render(ReportContext context) {
        Html html = new Html();
        boolean any = false;
        for (Result.TargetFacts target : context.analysed().result().targets()) {
            any |= slope(html, context, target.name());
        }
        return any ? Optional.of(html.toString()) : Optional.empty();
    }

    private static boolean slope(Html html, ReportContext context, String target) {
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
        List<List<String>> rows = new ArrayList<>();
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
                    Integer.toString(step.getKey()),
                    Numbers.value(MemoryFigures.median(sorted).orElse(null), UNIT),
                    Numbers.interval(sorted[0], sorted[sorted.length - 1], UNIT),
                    Integer.toString(sorted.length)));
        }
        double intercept = Arrays.stream(y).average().orElse(0)
                - median * Arrays.stream(x).average().orElse(0);
        String name = Names.plain(analysed, target);
        html.figure(
                name,
                "A point is the available memory lost since the reading without an instance; the line has the median"
                        + " slope of the blocks, " + Numbers.value(median, UNIT)
                        + " per instance, the band its 95 % interval, "
                        + Numbers.interval(summary.get().ciLow(), summary.get().ciHigh(), UNIT) + ".",
                Charts.fitted(
                        "Memory lost to instances of " + name,
                        "instances",
                        UNIT,
                        new Charts.Values(name, x, y),
                        new Charts.Line(intercept, median, low, high)),
                List.of("instances", "lost (median)", "least and most", "readings"),
                rows);
        return true;
    }
}
