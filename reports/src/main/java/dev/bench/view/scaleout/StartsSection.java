package dev.bench.view.scaleout;

import dev.bench.analysis.Analysed;
import dev.bench.chart.SharePlot;
import dev.bench.chart.Values;
import dev.bench.document.Block;
import dev.bench.document.Column;
import dev.bench.document.Span;
import dev.bench.measure.scaleout.ScaleOutTrial;
import dev.bench.measure.scaleout.ScaleOutTrial.Start;
import dev.bench.view.Names;
import dev.bench.view.ReportContext;
import dev.bench.view.Section;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Shows how simultaneous starts became ready over time. Failed instances stay in the denominator. */
final class StartsSection implements Section {
    private static final String UNIT = "ms";
    private static final int MOST_POINTS = 200;

    @Override
    public String title() {
        return "Starts over time";
    }

    @Override
    public List<Block> blocks(ReportContext context) {
        Map<String, List<ScaleOutTrial>> trials = new LinkedHashMap<>();
        for (ScaleOutTrial trial : ScaleOutView.trials(context)) {
            if (!trial.warmup() && !trial.ready().isEmpty()) {
                trials.computeIfAbsent(trial.target(), name -> new ArrayList<>())
                        .add(trial);
            }
        }
        if (trials.isEmpty()) {
            return List.of();
        }
        Analysed analysed = context.analysed();
        List<Values> lines = new ArrayList<>();
        List<List<Span>> rows = new ArrayList<>();
        trials.forEach((target, found) -> {
            lines.add(line(Names.plain(analysed, target), found));
            rows.add(row(Names.span(analysed, target), found));
        });
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Block.Figure(
                "Share of instances ready",
                "All instances of a trial are asked for together; the height of a line is the share of them that was"
                        + " ready so long after the first intended start, over all trials. A line that does not reach 1"
                        + " had failures.",
                SharePlot.draw("Share of instances ready", "ms since the first intended start", lines),
                Block.table(
                        Column.texts("target", "trials", "instances", "failed", "first (earliest)", "last (latest)"),
                        rows)));
        failures(blocks, analysed, trials);
        return blocks;
    }

    /** Lists why instances failed beside others that did not; a trial in which all fail is among the failures below. */
    private static void failures(List<Block> blocks, Analysed analysed, Map<String, List<ScaleOutTrial>> trials) {
        List<List<Span>> rows = new ArrayList<>();
        trials.forEach((target, found) -> found.stream()
                .flatMap(trial -> Stream.concat(trial.starts().stream(), Stream.ofNullable(trial.oneMore())))
                .flatMap(start -> Stream.ofNullable(start.failure()))
                .collect(Collectors.groupingBy(message -> message, LinkedHashMap::new, Collectors.counting()))
                .forEach((message, count) -> rows.add(
                        List.of(Names.span(analysed, target), new Span.Count(count), new Span.Wrapped(message)))));
        if (!rows.isEmpty()) {
            blocks.add(Block.table("Instances that failed", Column.texts("target", "how many", "why"), rows));
        }
    }

    private static Values line(String name, List<ScaleOutTrial> trials) {
        long asked = trials.stream().mapToLong(trial -> trial.starts().size()).sum();
        double[] ready = trials.stream()
                .flatMap(trial -> trial.ready().stream())
                .mapToDouble(Start::endedMs)
                .sorted()
                .toArray();
        int count = Math.min(ready.length, MOST_POINTS);
        double[] x = new double[count];
        double[] y = new double[count];
        for (int i = 0; i < count; i++) {
            int index = (int) ((i + 1L) * ready.length / count) - 1;
            x[i] = ready[index];
            y[i] = (index + 1) / (double) asked;
        }
        return new Values(name, x, y);
    }

    private static List<Span> row(Span name, List<ScaleOutTrial> trials) {
        List<Start> starts =
                trials.stream().flatMap(trial -> trial.starts().stream()).toList();
        long failed = starts.stream().filter(start -> start.readyMs() == null).count();
        double[] ready = trials.stream()
                .flatMap(trial -> trial.ready().stream())
                .mapToDouble(Start::endedMs)
                .sorted()
                .toArray();
        return List.of(
                name,
                new Span.Count(trials.size()),
                new Span.Count(starts.size()),
                new Span.Failures(failed),
                new Span.Value(ready[0], UNIT),
                new Span.Value(ready[ready.length - 1], UNIT));
    }
}
