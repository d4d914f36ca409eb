package dev.bench.view.storage;

import dev.bench.analysis.OrderStatistics;
import dev.bench.chart.PercentilePlot;
import dev.bench.chart.Values;
import dev.bench.document.Block;
import dev.bench.document.Column;
import dev.bench.document.Span;
import dev.bench.measure.storage.StorageRecord;
import dev.bench.view.Names;
import dev.bench.view.ReportContext;
import dev.bench.view.Section;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Shows the latency of every job's operations, place by place. */
final class JobsSection implements Section {
    private static final String MILLIS = "ms";
    private static final List<Double> PERCENTILES = List.of(50.0, 90.0, 99.0, 99.9, 100.0);

    /** What one job is, as a heading says it. */
    private static final Map<String, String> TITLES = titles();

    private static Map<String, String> titles() {
        Map<String, String> titles = new LinkedHashMap<>();
        titles.put("sync_write", "fsync after a random write of 4 KiB");
        titles.put("random_read", "Random read of 4 KiB");
        titles.put("write", "Sequential write of 1 MiB");
        titles.put("read", "Sequential read of 1 MiB");
        titles.put("create", "Creation of a file");
        titles.put("stat", "Look at a file");
        titles.put("unlink", "Removal of a file");
        titles.put("first_open", "Opening the image's largest file for writing");
        titles.put("first_write", "fsync after the first write to it");
        titles.put("postgres", "PostgreSQL, a transaction of pgbench");
        titles.put("redis", "Redis, a SET");
        return titles;
    }

    @Override
    public String title() {
        return "Latency of operations";
    }

    @Override
    public List<Block> blocks(ReportContext context) {
        List<StorageRecord> measured = context.details(StorageRecord.class).stream()
                .filter(record -> !record.warmup())
                .toList();
        if (measured.isEmpty()) {
            return List.of();
        }
        List<Block> blocks = new ArrayList<>();
        blocks.add(Block.text(
                "Medians over the blocks of what fio, pgbench and redis-benchmark counted in each; one after the"
                        + " other, by one thread. redis-benchmark tells no percentiles but those that stand here."));
        TITLES.forEach((job, title) -> {
            Map<String, Map<Double, Double>> latencies = latencies(context, measured, job);
            if (!latencies.isEmpty()) {
                blocks.add(figure(context, title, latencies));
            }
        });
        return blocks;
    }

    /** Returns the median over the blocks of every percentile, by target. */
    private static Map<String, Map<Double, Double>> latencies(
            ReportContext context, List<StorageRecord> measured, String job) {
        Map<String, Map<Double, Double>> latencies = new LinkedHashMap<>();
        context.analysed().result().targets().forEach(target -> {
            Map<Double, List<Double>> all = new LinkedHashMap<>();
            measured.stream()
                    .filter(record -> record.target().equals(target.name()))
                    .flatMap(record -> record.jobs().stream())
                    .filter(done -> done.name().equals(job))
                    .flatMap(done -> done.latency().stream())
                    .forEach(quantile -> all.computeIfAbsent(quantile.percentile(), name -> new ArrayList<>())
                            .add(quantile.ms()));
            if (!all.isEmpty()) {
                Map<Double, Double> medians = new LinkedHashMap<>();
                all.forEach((percentile, values) -> medians.put(
                        percentile,
                        OrderStatistics.median(values.stream()
                                .mapToDouble(Double::doubleValue)
                                .sorted()
                                .toArray())));
                latencies.put(target.name(), medians);
            }
        });
        return latencies;
    }

    private static Block figure(ReportContext context, String title, Map<String, Map<Double, Double>> latencies) {
        List<Values> curves = new ArrayList<>();
        List<List<Span>> rows = new ArrayList<>();
        latencies.forEach((target, medians) -> {
            curves.add(new Values(
                    Names.plain(context.analysed(), target),
                    medians.keySet().stream().mapToDouble(Double::doubleValue).toArray(),
                    medians.values().stream().mapToDouble(Double::doubleValue).toArray()));
            List<Span> row = new ArrayList<>(List.of(Names.span(context.analysed(), target)));
            PERCENTILES.forEach(percentile -> row.add(new Span.Value(medians.get(percentile), MILLIS)));
            rows.add(row);
        });
        return new Block.Figure(
                title,
                "Each step to the right leaves out nine of ten of the remaining operations.",
                PercentilePlot.draw(title, MILLIS, curves),
                Block.table(Column.texts("target", "median", "p90", "p99", "p99.9", "largest"), rows));
    }
}
