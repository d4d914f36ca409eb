package dev.bench.view.memory;

import dev.bench.analysis.OrderStatistics;
import dev.bench.document.Block;
import dev.bench.document.Column;
import dev.bench.document.Depth;
import dev.bench.document.Span;
import dev.bench.measure.memory.FillRecord;
import dev.bench.view.Names;
import dev.bench.view.ReportContext;
import dev.bench.view.Section;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Shows how many instances fit, and what breaks first. */
final class FillSection implements Section {
    @Override
    public String title() {
        return "How many fit";
    }

    @Override
    public List<Block> blocks(ReportContext context) {
        Map<String, List<FillRecord>> targets = byTarget(context);
        if (targets.isEmpty()) {
            return List.of();
        }
        List<List<Span>> rows = new ArrayList<>();
        targets.forEach((target, records) -> {
            double[] sorted =
                    records.stream().mapToDouble(FillRecord::instances).sorted().toArray();
            FillRecord last = records.get(records.size() - 1);
            rows.add(List.of(
                    Names.span(context.analysed(), target),
                    new Span.Strong(new Span.Value(OrderStatistics.median(sorted), "")),
                    new Span.Interval(sorted[0], sorted[sorted.length - 1], ""),
                    new Span.Wrapped(reasons(records)),
                    new Span.Value((double) last.floorMib(), "MiB"),
                    new Span.Wrapped(last.tried().stream().map(String::valueOf).collect(Collectors.joining(", ")))));
        });
        return List.of(
                new Block.Table(
                        "",
                        "How many fit",
                        List.of(
                                Column.text("target"),
                                Column.number("instances"),
                                Column.number("least to most"),
                                Column.text("what breaks first"),
                                Column.further("floor"),
                                Column.further("numbers tried last")),
                        rows,
                        Depth.SUMMARY),
                Block.note("Launched after the ramp, at most twice as many as run, until one more would take available"
                        + " memory below the floor, one does not get ready, ends or no longer answers, or answers later"
                        + " than the scenario allows. Every number was looked at: all run, and where readiness is told by"
                        + " HTTP all give the correct answer. They are idle meanwhile: how many would bear load is"
                        + " another question."));
    }

    /** Groups the trials by target, in the order of the trials. */
    static Map<String, List<FillRecord>> byTarget(ReportContext context) {
        Map<String, List<FillRecord>> targets = new LinkedHashMap<>();
        context.details(FillRecord.class)
                .forEach(record -> targets.computeIfAbsent(record.target(), name -> new ArrayList<>())
                        .add(record));
        return targets;
    }

    /** Says what ended the trials, each reason once, with what was seen the last time. */
    static String reasons(List<FillRecord> records) {
        Map<String, String> reasons = new LinkedHashMap<>();
        records.forEach(record -> reasons.put(record.cause(), record.reason()));
        return String.join("; ", reasons.values());
    }
}
