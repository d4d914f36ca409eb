package dev.bench.scoreboard;

import dev.bench.analysis.Analysed;
import dev.bench.analysis.DensitySummary;
import dev.bench.analysis.LoadSummary;
import dev.bench.analysis.Verdict;
import dev.bench.report.Numbers;
import dev.bench.report.ReportPieces;
import dev.bench.result.Launch;
import dev.bench.result.Metric;
import dev.bench.result.Result;
import dev.bench.result.ScaleOutTrial.LoadPoint;
import dev.bench.result.TargetKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Answers questions from several results: one row per question and scenario, one column per substrate. Only what was
 * measured has a row.
 *
 * @param entries the results, in display order
 * @param columns the substrates that some result has
 * @param rows the answers, question by question
 */
record Scoreboard(List<Entry> entries, List<TargetKind> columns, List<Row> rows) {
    Scoreboard {
        entries = List.copyOf(entries);
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /** Reads the answers off analysed results. */
    static Scoreboard of(List<ReportPieces> results) {
        List<Entry> entries = Entry.of(results);
        List<Row> rows = new ArrayList<>();
        for (Question question : Question.values()) {
            for (int i = 0; i < entries.size(); i++) {
                measured(question, entries.get(i), i).ifPresent(rows::add);
            }
        }
        for (int i = 0; i < entries.size(); i++) {
            density(entries.get(i), i).ifPresent(rows::add);
        }
        return new Scoreboard(entries, columns(entries), rows);
    }

    /** Returns the substrates that there are: those every build knows in their order, then others as they come. */
    private static List<TargetKind> columns(List<Entry> entries) {
        Set<TargetKind> there = new LinkedHashSet<>();
        entries.forEach(entry -> entry.result().targets().forEach(target -> there.add(target.kind())));
        List<TargetKind> columns = new ArrayList<>(TargetKind.KNOWN);
        columns.retainAll(there);
        there.removeAll(TargetKind.KNOWN);
        columns.addAll(there);
        return columns;
    }

    /** Returns the substrates in words, and what was asked of them. */
    String title() {
        LinkedHashSet<String> topics = new LinkedHashSet<>();
        rows.forEach(row -> topics.add(row.topic().toLowerCase(Locale.ROOT)));
        String names = enumerated(columns.stream().map(Scoreboard::name).toList());
        String title = names.substring(0, 1).toUpperCase(Locale.ROOT) + names.substring(1);
        return topics.isEmpty() ? title + ": nothing was measured" : title + ": " + enumerated(List.copyOf(topics));
    }

    /** Returns when the first of the results was begun, as stored. */
    String startedAt() {
        return entries.stream()
                .map(entry -> entry.result().startedAt())
                .min(Comparator.naturalOrder())
                .orElse("");
    }

    /** Returns the name of a substrate in a heading. */
    static String name(TargetKind kind) {
        return kind.equals(TargetKind.VM) ? "virtual machine" : kind.label();
    }

    private static String enumerated(List<String> words) {
        int last = words.size() - 1;
        return last <= 0
                ? String.join("", words)
                : String.join(", ", words.subList(0, last)) + " and " + words.get(last);
    }

    private static Optional<Row> measured(Question question, Entry entry, int number) {
        Metric metric = question.metric();
        Analysed analysed = entry.analysed();
        // The headline has a row without a value too: what failed must be seen.
        if (metric != analysed.headline()
                && analysed.seriesOf(metric).stream()
                        .allMatch(one -> one.points().isEmpty())) {
            return Optional.empty();
        }
        String better = metric.better() == Metric.Better.LOWER ? "less is better" : "more is better";
        return Optional.of(new Row(
                question.topic(),
                question.words(),
                metric.title() + ", " + better,
                question.subject(),
                number,
                entry.label(),
                cells(
                        entry,
                        target ->
                                analysed.summary(metric, target.name()).map(summary -> cell(entry, metric, summary)))));
    }

    private static Optional<Row> density(Entry entry, int number) {
        List<DensitySummary> densities = DensitySummary.of(entry.pieces().scaleOut());
        if (densities.isEmpty()) {
            return Optional.empty();
        }
        DensitySummary any = densities.get(0);
        return Optional.of(new Row(
                "Scalability",
                "How many side by side still answer in time?",
                "p99 ≤ " + Numbers.value(any.sloMs(), "ms") + " at " + any.load() + ", more is better",
                "instances",
                number,
                entry.label(),
                cells(
                        entry,
                        target -> densities.stream()
                                .filter(density -> density.target().equals(target.name()))
                                .findFirst()
                                .map(density -> new Cell(
                                        target.name(),
                                        target.emulated(),
                                        Numbers.digits(density.median()),
                                        null,
                                        "",
                                        List.of(density.stop()),
                                        "")))));
    }

    private static Map<TargetKind, List<Cell>> cells(Entry entry, Function<Result.TargetFacts, Optional<Cell>> answer) {
        Map<TargetKind, List<Cell>> cells = new LinkedHashMap<>();
        for (Result.TargetFacts target : entry.result().targets()) {
            answer.apply(target)
                    .ifPresent(cell -> cells.computeIfAbsent(target.kind(), kind -> new ArrayList<>())
                            .add(cell));
        }
        return cells;
    }

    private static Cell cell(Entry entry, Metric metric, Result.MetricSummary summary) {
        Analysed analysed = entry.analysed();
        String target = summary.target();
        List<String> notes = new ArrayList<>();
        String against = target.equals(entry.result().plan().reference()) ? Cell.REFERENCE : "";
        Double ratio = null;
        Optional<Result.Comparison> comparison = analysed.comparison(metric, target);
        if (comparison.isPresent() && comparison.get().ratio() != null) {
            Result.Comparison row = comparison.get();
            ratio = row.ratio();
            against = Numbers.ratio(ratio) + " ("
                    + (row.ciLow() == null ? "no interval" : Numbers.ratioInterval(row.ciLow(), row.ciHigh())) + ")";
            if (row.ciLow() != null
                    && (row.verdict().equals(Verdict.INCONCLUSIVE.label())
                            || row.verdict().equals(Verdict.EQUIVALENT.label()))) {
                notes.add(row.verdict());
            }
        }
        return new Cell(
                target,
                analysed.isEmulated(target),
                summary.n() > 0 ? Numbers.value(summary.median(), metric.unit()) : absence(analysed, target),
                ratio,
                against,
                notes,
                failures(entry, metric, summary));
    }

    /** Says what failed: launches, and of a figure of requests these too. */
    private static String failures(Entry entry, Metric metric, Result.MetricSummary summary) {
        List<String> failures = new ArrayList<>();
        if (summary.failures() > 0) {
            failures.add(summary.failures() + " of " + (summary.n() + summary.failures()) + " failed");
        }
        if (metric == Metric.SCALEOUT_REQUESTS || metric == Metric.SCALEOUT_LATENCY) {
            LoadSummary.of(entry.pieces().scaleOut()).stream()
                    .filter(load -> load.target().equals(summary.target()) && load.failed() > 0)
                    .filter(load -> load.load().equals(LoadPoint.CLOSED) == (metric == Metric.SCALEOUT_REQUESTS))
                    .max(Comparator.comparingInt(LoadSummary::instances))
                    .ifPresent(load -> failures.add(load.failures()));
        }
        return String.join(", ", failures);
    }

    /** Says why there is no figure. */
    private static String absence(Analysed analysed, String target) {
        List<Launch> launches = analysed.launches().stream()
                .filter(launch -> launch.target().equals(target))
                .toList();
        if (launches.stream().anyMatch(launch -> launch.ok() && !launch.warmup())) {
            return "no result";
        }
        return launches.stream().anyMatch(launch -> !launch.ok()) ? "never ready" : "not measured";
    }
}
