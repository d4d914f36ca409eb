package dev.bench.view.stack;

import dev.bench.analysis.Analysed;
import dev.bench.analysis.OrderStatistics;
import dev.bench.document.Block;
import dev.bench.document.Column;
import dev.bench.document.Span;
import dev.bench.measure.stack.StackRecord;
import dev.bench.measure.stack.StackRecord.FrontLoad;
import dev.bench.result.Quantile;
import dev.bench.view.Names;
import dev.bench.view.ReportContext;
import dev.bench.view.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.DoubleStream;

/** Shows what the service in front answered under load. */
final class LoadsSection implements Section {
    private static final String MILLIS = "ms";
    private static final String RATE = "1/s";
    private static final double MEDIAN = 50;
    private static final double TAIL = 99;
    private static final Span BOUND = new Span.Badge("client-bound, no result");

    @Override
    public String title() {
        return "Under load";
    }

    @Override
    public List<Block> blocks(ReportContext context) {
        List<List<Span>> rows = new ArrayList<>();
        for (Trials trials : Trials.of(context)) {
            for (boolean open : new boolean[] {false, true}) {
                List<FrontLoad> loads = trials.records().stream()
                        .map(StackRecord::loads)
                        .flatMap(List::stream)
                        .filter(load -> load.open() == open)
                        .toList();
                if (!loads.isEmpty()) {
                    rows.add(row(context.analysed(), trials.target(), open, loads));
                }
            }
        }
        if (rows.isEmpty()) {
            return List.of();
        }
        return List.of(
                Block.text(
                        "The service in front was asked once all was up; medians over the trials. In the closed loop every"
                                + " connection asks again as soon as it has its answer; in the open one requests begin at their own"
                                + " times, and latency counts from there. A trial is client-bound where the load generator had no"
                                + " idle time left or was itself late."),
                Block.table(
                        "What the service in front answered",
                        Column.texts(
                                "target",
                                "loop",
                                "offered",
                                "answered",
                                "failed",
                                "median",
                                "p99",
                                "p99 service",
                                "client busy",
                                "trials",
                                "client-bound trials"),
                        rows));
    }

    private static List<Span> row(Analysed analysed, String target, boolean open, List<FrontLoad> all) {
        List<FrontLoad> results =
                all.stream().filter(load -> !load.clientBound()).toList();
        int bound = all.size() - results.size();
        List<FrontLoad> used = bound > results.size() ? all : results;
        return List.of(
                Names.span(analysed, target),
                Span.text(open ? "open" : "closed"),
                value(used.stream().mapToDouble(FrontLoad::offeredPerSecond), RATE),
                bound > results.size() ? BOUND : value(used.stream().mapToDouble(FrontLoad::answeredPerSecond), RATE),
                new Span.Count(used.stream().mapToLong(FrontLoad::failed).sum()),
                quantile(used, FrontLoad::response, MEDIAN),
                quantile(used, FrontLoad::response, TAIL),
                quantile(used, FrontLoad::service, TAIL),
                new Span.Fraction(
                        median(used.stream().mapToDouble(FrontLoad::clientBusy)).orElse(0)),
                new Span.Count(used.size()),
                new Span.Count(bound));
    }

    private static Span quantile(
            List<FrontLoad> loads, Function<FrontLoad, List<Quantile>> distribution, double percentile) {
        return value(
                loads.stream()
                        .map(distribution)
                        .flatMap(points -> Quantile.at(points, percentile).stream())
                        .mapToDouble(Double::doubleValue),
                MILLIS);
    }

    private static Span value(DoubleStream values, String unit) {
        OptionalDouble median = median(values);
        return median.isPresent() ? new Span.Value(median.getAsDouble(), unit) : Span.none();
    }

    private static OptionalDouble median(DoubleStream values) {
        double[] sorted = values.sorted().toArray();
        return sorted.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(OrderStatistics.median(sorted));
    }
}
