package dev.bench.scoreboard;

import dev.bench.document.Numbers;
import dev.bench.report.ReportPieces;
import dev.bench.result.Result;
import dev.bench.result.TargetKind;
import dev.bench.view.Answer;
import dev.bench.view.MeasureView;
import dev.bench.view.Views;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Answers questions from several results: one row per question and scenario, one column per substrate. Only what was
 * measured has a row.
 *
 * @param entries the results, in display order
 * @param columns the substrates that some result has
 * @param table the substrates against each other, row by row
 * @param prices what resources cost, or null where nobody said
 * @param rows the answers, question by question
 * @param claims published figures that the results put to the test, in their order
 */
record Scoreboard(
        List<Entry> entries,
        List<TargetKind> columns,
        List<TableGroup> table,
        @Nullable Prices prices,
        List<Row> rows,
        List<ClaimRow> claims) {
    Scoreboard {
        entries = List.copyOf(entries);
        columns = List.copyOf(columns);
        table = List.copyOf(table);
        rows = List.copyOf(rows);
        claims = List.copyOf(claims);
    }

    /**
     * Reads the answers off analysed results.
     *
     * @param prices what resources cost, or null where nobody said
     */
    static Scoreboard of(List<ReportPieces> results, @Nullable Prices prices) {
        List<Entry> entries = Entry.of(results);
        List<Row> rows = new ArrayList<>();
        for (String question : questions(entries)) {
            for (int i = 0; i < entries.size(); i++) {
                row(question, entries.get(i), i).ifPresent(rows::add);
            }
        }
        List<TargetKind> columns = columns(entries);
        return new Scoreboard(
                entries, columns, ComparisonTable.of(entries, columns, prices), prices, rows, ClaimRow.of(entries));
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

    /** Says what is to be known of the table, a sentence each. */
    List<String> tableNotes() {
        List<String> notes = new ArrayList<>(List.of("Medians of what these scenarios measured on this host. Where"
                + " several have a figure, the least and the most stand there. The rows below the table hold every figure"
                + " with its interval."));
        if (prices != null) {
            notes.add("Money: the processors that the scenario's limits allow × " + Numbers.digits(prices.coreHour())
                    + " "
                    + prices.currency() + " per core-hour + the measured memory of one more instance × "
                    + Numbers.digits(prices.gigabyteHour()) + " " + prices.currency()
                    + " per GB-hour, for as long as the job takes. What is held of the host beside them, such as the"
                    + " image on disk, has no price here.");
        }
        return notes;
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

    /** Returns the questions that the results answer in the order of the views; those of measures without one come last. */
    private static Set<String> questions(List<Entry> entries) {
        List<MeasureView> views = new ArrayList<>(Views.all());
        entries.stream().map(Entry::view).filter(view -> !views.contains(view)).forEach(views::add);
        Set<String> words = new LinkedHashSet<>();
        views.forEach(view -> view.questions().forEach(question -> words.add(question.words())));
        return words;
    }

    private static Optional<Row> row(String words, Entry entry, int number) {
        return entry.view().questions().stream()
                .filter(question -> question.words().equals(words))
                .findFirst()
                .flatMap(question -> question.answer(entry.context())
                        .map(answers -> new Row(
                                question.topic(),
                                words,
                                answers.scale(),
                                question.subject(),
                                number,
                                entry.label(),
                                cells(entry, answers.answers()))));
    }

    private static Map<TargetKind, List<Answer>> cells(Entry entry, List<Answer> answers) {
        Map<TargetKind, List<Answer>> cells = new LinkedHashMap<>();
        for (Result.TargetFacts target : entry.result().targets()) {
            answers.stream()
                    .filter(answer -> answer.target().equals(target.name()))
                    .forEach(answer -> cells.computeIfAbsent(target.kind(), kind -> new ArrayList<>())
                            .add(answer));
        }
        return cells;
    }
}
