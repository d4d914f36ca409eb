package dev.bench.view.startup;

import dev.bench.analysis.Analysed;
import dev.bench.analysis.OrderStatistics;
import dev.bench.chart.WaterfallPlot;
import dev.bench.document.Block;
import dev.bench.document.Column;
import dev.bench.document.Numbers;
import dev.bench.document.Span;
import dev.bench.result.Launch;
import dev.bench.result.Phase;
import dev.bench.result.PhaseName;
import dev.bench.result.Result;
import dev.bench.view.Names;
import dev.bench.view.ReportContext;
import dev.bench.view.Section;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Shows where the time of a launch goes, per target. */
final class WaterfallSection implements Section {
    private static final String UNIT = "ms";

    @Override
    public String title() {
        return "Where the time goes";
    }

    @Override
    public List<Block> blocks(ReportContext context) {
        Analysed analysed = context.analysed();
        List<Block> blocks = new ArrayList<>();
        blocks.add(
                Block.text("The moments of a launch on the host's monotonic clock; each bar is the median time from one"
                        + " moment to the next. An engine may report a start after the workload already runs."));
        boolean any = false;
        for (Result.TargetFacts target : analysed.result().targets()) {
            any |= waterfall(blocks, analysed, target.name());
        }
        return any ? blocks : List.of();
    }

    private static boolean waterfall(List<Block> blocks, Analysed analysed, String target) {
        List<Phase> order = moments(analysed.launches(), target);
        if (order.size() < 2) {
            return false;
        }
        List<WaterfallPlot.Segment> segments = new ArrayList<>();
        List<List<Span>> rows = new ArrayList<>();
        double sum = 0;
        for (int i = 1; i < order.size(); i++) {
            double from = order.get(i - 1).atMs();
            double to = order.get(i).atMs();
            String moment = order.get(i).name().label();
            segments.add(new WaterfallPlot.Segment(moment, from, to));
            sum += to - from;
            rows.add(List.of(Span.text(moment), new Span.Value(to, UNIT), new Span.Value(to - from, UNIT)));
        }
        double total = order.stream()
                .filter(phase -> phase.name() == PhaseName.READY)
                .mapToDouble(Phase::atMs)
                .findFirst()
                .orElse(Double.NaN);
        double last = order.get(order.size() - 1).atMs();
        String check = Math.abs(sum - last) < 0.001 && last >= total
                ? "The parts add up to the last moment, " + Numbers.value(last, UNIT) + "; ready is at "
                        + Numbers.value(total, UNIT) + "."
                : "The parts do not add up: " + Numbers.value(sum, UNIT) + " against " + Numbers.value(total, UNIT)
                        + ".";
        String title = Names.plain(analysed, target);
        blocks.add(new Block.Figure(
                title,
                check,
                WaterfallPlot.draw("Phases of " + title, "ms since the request", segments),
                Block.table(Column.texts("moment", "at (median)", "since the one before"), rows)));
        return true;
    }

    /** Returns the median of every moment that all successful measured launches of a target have, in order of time. */
    private static List<Phase> moments(List<Launch> launches, String target) {
        List<Launch> measured = launches.stream()
                .filter(launch ->
                        launch.ok() && !launch.warmup() && launch.target().equals(target))
                .toList();
        List<Phase> moments = new ArrayList<>();
        for (PhaseName name : PhaseName.values()) {
            double[] values = measured.stream()
                    .flatMap(launch -> launch.phases().stream())
                    .filter(phase -> phase.name() == name)
                    .mapToDouble(Phase::atMs)
                    .sorted()
                    .toArray();
            if (values.length == measured.size() && values.length > 0) {
                moments.add(new Phase(name, OrderStatistics.median(values)));
            }
        }
        moments.sort(Comparator.comparingDouble(Phase::atMs));
        return moments;
    }
}
