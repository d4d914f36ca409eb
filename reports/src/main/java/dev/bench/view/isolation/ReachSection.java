package dev.bench.view.isolation;

import dev.bench.document.Block;
import dev.bench.document.Column;
import dev.bench.document.Depth;
import dev.bench.document.Span;
import dev.bench.measure.isolation.IsolationRecord;
import dev.bench.measure.isolation.IsolationRecord.Phase;
import dev.bench.view.Names;
import dev.bench.view.ReportContext;
import dev.bench.view.Section;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Shows what every target reached of the host's kernel of one kind, and compares the sets.
 *
 * @param title heading
 * @param what the kind, in the plural
 * @param introduction how it was seen
 * @param kind picks the set of a phase
 * @param subsystem names the part of the kernel that an element belongs to
 */
record ReachSection(
        String title,
        String what,
        String introduction,
        Function<Phase, Collection<String>> kind,
        UnaryOperator<String> subsystem)
        implements Section {
    private static final List<String> PHASES =
            List.of(IsolationRecord.START, IsolationRecord.IDLE, IsolationRecord.LOAD);

    @Override
    public List<Block> blocks(ReportContext context) {
        Map<String, Reach> targets =
                Reach.byTarget(IsolationView.targets(context), context.details(IsolationRecord.class), kind);
        Map<String, Set<String>> sets = new LinkedHashMap<>();
        targets.forEach((target, reach) -> sets.put(target, reach.all()));
        if (sets.values().stream().allMatch(Set::isEmpty)) {
            return List.of();
        }
        List<Block> blocks = new ArrayList<>();
        blocks.add(Block.text(introduction));
        blocks.add(sizes(context, targets, sets));
        blocks.add(Block.note(
                "Sets of all blocks together. Agreement is the smallest Jaccard index of the sets of two blocks"
                        + " (shared elements by all elements, 1 where they are the same); below " + Reach.STABLE
                        + " a set is unstable, and its size is no figure to compare. Control: what the same length of time without an"
                        + " instance shows, by the size of the set."));
        if (targets.size() > 1) {
            blocks.add(subsystems(context, sets));
            blocks.add(lists(sets));
        }
        return blocks;
    }

    private Block sizes(ReportContext context, Map<String, Reach> targets, Map<String, Set<String>> sets) {
        List<List<Span>> rows = new ArrayList<>();
        targets.forEach((target, reach) -> {
            List<Span> row = new ArrayList<>(List.of(Names.span(context.analysed(), target)));
            PHASES.forEach(phase -> row.add(new Span.Count(reach.in(phase).size())));
            row.add(new Span.Count(sets.getOrDefault(target, Set.of()).size()));
            row.add(new Span.Count(only(sets, target).size()));
            OptionalDouble agreement = reach.agreement();
            Span index = new Span.Fraction(agreement.isPresent() ? agreement.getAsDouble() : null);
            row.add(reach.isUnstable() ? Span.phrase(index, Span.text(" "), new Span.Badge("unstable")) : index);
            Span control = new Span.Percent(reach.foreign());
            row.add(reach.isForeign() ? new Span.Strong(control) : control);
            rows.add(row);
        });
        return new Block.Table(
                "Different " + what,
                "Different " + what,
                List.of(
                        Column.text("target"),
                        Column.number("start"),
                        Column.number("idle"),
                        Column.number("load"),
                        Column.number("all"),
                        Column.number("only here"),
                        Column.number("agreement"),
                        Column.further("control")),
                rows,
                Depth.SUMMARY);
    }

    private Block subsystems(ReportContext context, Map<String, Set<String>> sets) {
        Set<String> common = common(sets);
        Set<String> names = sets.values().stream()
                .flatMap(Set::stream)
                .map(subsystem)
                .collect(Collectors.toCollection(TreeSet::new));
        List<List<Span>> rows = new ArrayList<>();
        names.forEach(name -> {
            List<Span> row = new ArrayList<>(List.of(Span.text(name), count(common, name)));
            sets.values().forEach(elements -> row.add(count(elements, name)));
            rows.add(row);
        });
        List<Column> columns = new ArrayList<>(List.of(Column.text("subsystem"), Column.number("on every target")));
        sets.keySet().forEach(target -> columns.add(Column.number(Names.plain(context.analysed(), target))));
        return Block.table("By subsystem", columns, rows);
    }

    private Span count(Set<String> elements, String name) {
        return new Span.Count(elements.stream()
                .filter(element -> subsystem.apply(element).equals(name))
                .count());
    }

    private Block lists(Map<String, Set<String>> sets) {
        List<Block> blocks = new ArrayList<>();
        blocks.add(list("On every target", common(sets)));
        sets.keySet().forEach(target -> blocks.add(list("Only on " + target, only(sets, target))));
        return new Block.Fold("Which " + what + " are shared, and which are not", blocks);
    }

    private Block list(String title, Set<String> elements) {
        Map<String, String> lines =
                elements.stream().collect(Collectors.groupingBy(subsystem, TreeMap::new, Collectors.joining(" ")));
        List<List<Span>> rows = lines.entrySet().stream()
                .map(line -> List.<Span>of(Span.text(line.getKey()), new Span.Wrapped(line.getValue())))
                .toList();
        return Block.table(title + ": " + elements.size(), Column.texts("subsystem", what), rows);
    }

    private static Set<String> common(Map<String, Set<String>> sets) {
        Set<String> common = new TreeSet<>();
        sets.values().forEach(common::addAll);
        sets.values().forEach(common::retainAll);
        return common;
    }

    private static Set<String> only(Map<String, Set<String>> sets, String target) {
        Set<String> only = new TreeSet<>(sets.getOrDefault(target, Set.of()));
        sets.forEach((name, elements) -> {
            if (!name.equals(target)) {
                only.removeAll(elements);
            }
        });
        return only;
    }
}
