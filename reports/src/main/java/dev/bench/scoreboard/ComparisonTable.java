package dev.bench.scoreboard;

import dev.bench.document.Numbers;
import dev.bench.result.Result;
import dev.bench.result.TargetKind;
import dev.bench.view.Answer;
import dev.bench.view.MeasureView;
import dev.bench.view.TableFigure;
import dev.bench.view.TableRow;
import dev.bench.view.Views;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Sets substrates against each other in the rows that everybody compares them by. Every cell was measured in one of the
 * results, or says why it is empty.
 */
final class ComparisonTable {
    private static final double MS_PER_HOUR = 3_600_000;
    private static final int JOBS = 1_000;

    private final List<Entry> entries;
    private final List<TargetKind> columns;
    private final List<Offer> offers;

    private ComparisonTable(List<Entry> entries, List<TargetKind> columns) {
        this.entries = entries;
        this.columns = columns;
        List<MeasureView> views = new ArrayList<>(Views.all());
        entries.stream().map(Entry::view).filter(view -> !views.contains(view)).forEach(views::add);
        this.offers = views.stream()
                .flatMap(view -> view.table().stream().map(figure -> new Offer(view.measure(), figure)))
                .toList();
    }

    /** Is what a measure has for the table. */
    private record Offer(String measure, TableFigure figure) {}

    /** Is an answer with the result it stands in. */
    private record Found(int entry, Result.TargetFacts target, Answer answer) {
        double amount() {
            Double amount = answer.amount();
            return amount == null ? Double.NaN : amount;
        }
    }

    /** Is what something costs, at least and at most. */
    private record Cost(double least, double most, boolean emulated, int entry) {}

    /** Returns the rows, each in its place. */
    static List<TableGroup> of(List<Entry> entries, List<TargetKind> columns, @Nullable Prices prices) {
        ComparisonTable table = new ComparisonTable(entries, columns);
        return Arrays.stream(TableRow.values())
                .map(row -> table.group(row, prices))
                .toList();
    }

    private TableGroup group(TableRow row, @Nullable Prices prices) {
        List<Offer> offered =
                offers.stream().filter(offer -> offer.figure().row() == row).toList();
        List<TableLine> lines = offered.stream()
                .map(offer -> line(offer.figure().words(), kind -> cell(offer, kind)))
                .filter(ComparisonTable::isFilled)
                .toList();
        if (lines.isEmpty()) {
            TableLine reasons = line("", kind -> TableCell.empty(reason(offered, kind)));
            List<String> distinct =
                    reasons.cells().stream().map(TableCell::reason).distinct().toList();
            return distinct.size() == 1
                    ? new TableGroup(row, List.of(), distinct.get(0))
                    : new TableGroup(row, List.of(reasons), "");
        }
        List<TableLine> all = new ArrayList<>(lines);
        if (prices != null) {
            offered.stream()
                    .filter(offer -> offer.figure().role() != TableFigure.Role.SHOWN)
                    .filter(offer -> columns.stream()
                            .anyMatch(kind -> amounts(offer, kind).findAny().isPresent()))
                    .map(offer -> price(offer, prices))
                    .forEach(all::add);
        }
        return new TableGroup(row, all, "");
    }

    private TableLine line(String words, Function<TargetKind, TableCell> cell) {
        return new TableLine(words, columns.stream().map(cell).toList());
    }

    private static boolean isFilled(TableLine line) {
        return line.cells().stream().anyMatch(cell -> !cell.figures().isEmpty());
    }

    private TableCell cell(Offer offer, TargetKind kind) {
        List<Found> found = found(offer, kind);
        return found.isEmpty() ? TableCell.empty(reason(offer, kind)) : filled(found);
    }

    private List<Found> found(Offer offer, TargetKind kind) {
        List<Found> found = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            if (entry.view().measure().equals(offer.measure())) {
                for (Result.TargetFacts target : entry.targets(kind)) {
                    for (Answer answer : offer.figure().of(entry.context(), target)) {
                        found.add(new Found(i, target, answer));
                    }
                }
            }
        }
        return found;
    }

    private TableCell filled(List<Found> found) {
        List<Found> amounts = found.stream()
                .filter(each -> each.answer().amount() != null)
                .sorted(Comparator.comparingDouble(Found::amount))
                .toList();
        List<TableCell.Shown> shown = new ArrayList<>();
        boolean alike = isAlike(amounts);
        if (!amounts.isEmpty()) {
            shown.add(shown(amounts.get(0), found, alike ? amounts : List.of(amounts.get(0))));
        }
        if (!alike) {
            Found most = amounts.get(amounts.size() - 1);
            shown.add(shown(most, found, List.of(most)));
        }
        Map<List<Object>, List<Found>> words = new LinkedHashMap<>();
        found.stream()
                .filter(each -> each.answer().amount() == null)
                .forEach(each -> words.computeIfAbsent(
                                List.of(
                                        each.answer().figure(),
                                        each.answer().failures(),
                                        each.answer().emulated()),
                                figure -> new ArrayList<>())
                        .add(each));
        words.values().forEach(same -> shown.add(shown(same.get(0), found, same)));
        return new TableCell(shown, alike ? 0 : amounts.size() - 2, "");
    }

    /** Returns whether all say the same as far as it is shown, so that one of them stands for all. */
    private static boolean isAlike(List<Found> amounts) {
        return amounts.stream()
                        .map(each -> List.of(
                                each.answer().figure(),
                                each.answer().failures(),
                                each.answer().emulated()))
                        .distinct()
                        .count()
                <= 1;
    }

    /** Names whose figure it is as far as the others of the cell make it necessary. */
    private TableCell.Shown shown(Found first, List<Found> all, List<Found> same) {
        Answer answer = first.answer();
        return new TableCell.Shown(
                answer.figure(),
                answer.emulated(),
                same.size() == all.size()
                        ? ""
                        : String.join(
                                ", ", same.stream().map(each -> name(each, all)).toList()),
                answer.failures(),
                first.entry());
    }

    private String name(Found one, List<Found> all) {
        boolean severalResults = all.stream().anyMatch(other -> other.entry() != one.entry());
        boolean severalTargets =
                all.stream().filter(other -> other.entry() == one.entry()).count() > 1;
        String label = entries.get(one.entry()).label();
        String target = one.target().name();
        return severalResults ? severalTargets ? label + " " + target : label : target;
    }

    /** Says each reason once, and measures that would do alike together. */
    private String reason(List<Offer> offered, TargetKind kind) {
        Set<String> reasons = new LinkedHashSet<>();
        Map<String, Set<String>> missing = new LinkedHashMap<>();
        offered.forEach(offer -> {
            if (isMissing(offer)) {
                missing.computeIfAbsent(offer.figure().condition(), condition -> new LinkedHashSet<>())
                        .add(offer.measure());
            } else {
                reasons.add(reason(offer, kind));
            }
        });
        missing.forEach((condition, measures) -> reasons.add(missing(measures, condition)));
        return String.join("; ", reasons);
    }

    private boolean isMissing(Offer offer) {
        return entries.stream()
                .filter(entry -> entry.view().measure().equals(offer.measure()))
                .noneMatch(entry -> entry.result().targets().stream().anyMatch(target -> fits(offer, entry, target)));
    }

    private static String missing(Set<String> measures, String condition) {
        return "no scenario with measure: " + String.join(" or ", measures)
                + (condition.isEmpty() ? "" : " " + condition) + " was given";
    }

    /** Says which result would have had the figure. */
    private String reason(Offer offer, TargetKind kind) {
        if (isMissing(offer)) {
            return missing(Set.of(offer.measure()), offer.figure().condition());
        }
        List<Entry> fitting = entries.stream()
                .filter(entry -> entry.view().measure().equals(offer.measure()))
                .filter(entry -> entry.result().targets().stream().anyMatch(target -> fits(offer, entry, target)))
                .toList();
        List<Entry> there = fitting.stream()
                .filter(entry -> entry.targets(kind).stream().anyMatch(target -> fits(offer, entry, target)))
                .toList();
        return there.isEmpty()
                ? "no such target in " + labels(fitting.stream())
                : "not measured in " + labels(there.stream());
    }

    private static boolean fits(Offer offer, Entry entry, Result.TargetFacts target) {
        return offer.figure().fits().test(entry.result(), target);
    }

    private static String labels(Stream<Entry> entries) {
        return String.join(", ", entries.map(Entry::label).toList());
    }

    private TableLine price(Offer offer, Prices prices) {
        return line(
                offer.figure().role() == TableFigure.Role.JOB_TIME
                        ? prices.currency() + " per 1,000 jobs, "
                                + offer.figure().words()
                        : prices.currency() + " per hour",
                kind -> price(offer, kind, prices));
    }

    private TableCell price(Offer offer, TargetKind kind, Prices prices) {
        List<Found> amounts = amounts(offer, kind).toList();
        List<Found> held = offers.stream()
                .filter(other -> other.figure().role() == TableFigure.Role.HELD_MEMORY)
                .flatMap(other -> amounts(other, kind))
                .toList();
        if (amounts.isEmpty()) {
            return TableCell.empty(reason(offer, kind));
        }
        if (held.isEmpty()) {
            return TableCell.empty("memory was not measured: "
                    + reason(
                            offers.stream()
                                    .filter(other -> other.figure().role() == TableFigure.Role.HELD_MEMORY)
                                    .toList(),
                            kind));
        }
        List<Cost> costs = amounts.stream()
                .flatMap(amount -> cost(amount, held, offer.figure().role(), prices))
                .toList();
        if (costs.isEmpty()) {
            return TableCell.empty("the result does not tell how many processors there were");
        }
        double least = costs.stream().mapToDouble(Cost::least).min().orElseThrow();
        double most = costs.stream().mapToDouble(Cost::most).max().orElseThrow();
        String low = Numbers.digits(least);
        String high = Numbers.digits(most);
        return new TableCell(
                List.of(new TableCell.Shown(
                        low.equals(high) ? low : low + "–" + high,
                        costs.stream().anyMatch(Cost::emulated),
                        "",
                        "",
                        costs.get(0).entry())),
                0,
                "");
    }

    private Stream<Found> amounts(Offer offer, TargetKind kind) {
        return found(offer, kind).stream().filter(each -> each.answer().amount() != null);
    }

    /** Multiplies time by what the processors of the limits and the measured memory cost; the memory itself is for an hour. */
    private Stream<Cost> cost(Found amount, List<Found> held, TableFigure.Role role, Prices prices) {
        Double cpus = entries.get(amount.entry()).result().workload().cpus();
        if (cpus == null) {
            return Stream.empty();
        }
        if (role == TableFigure.Role.HELD_MEMORY) {
            double price = prices.perHour(cpus, amount.amount());
            return Stream.of(new Cost(price, price, amount.answer().emulated(), amount.entry()));
        }
        double hours = amount.amount() / MS_PER_HOUR * JOBS;
        double[] memory = held.stream().mapToDouble(Found::amount).sorted().toArray();
        return Stream.of(new Cost(
                hours * prices.perHour(cpus, memory[0]),
                hours * prices.perHour(cpus, memory[memory.length - 1]),
                amount.answer().emulated(),
                amount.entry()));
    }
}
