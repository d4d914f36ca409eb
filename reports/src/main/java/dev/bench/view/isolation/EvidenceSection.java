package dev.bench.view.isolation;

import dev.bench.document.Block;
import dev.bench.document.Column;
import dev.bench.document.Depth;
import dev.bench.document.Span;
import dev.bench.measure.isolation.IsolationRecord;
import dev.bench.measure.isolation.IsolationRecord.Inside;
import dev.bench.view.Names;
import dev.bench.view.ReportContext;
import dev.bench.view.Section;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Shows what is around the workload, by what a program in its place saw. */
final class EvidenceSection implements Section {
    @Override
    public String title() {
        return "What is around the workload";
    }

    @Override
    public List<Block> blocks(ReportContext context) {
        Map<String, Inside> targets = byTarget(context);
        if (targets.isEmpty()) {
            return List.of();
        }
        List<Block> blocks = new ArrayList<>();
        blocks.add(Block.text(
                "A program in the workload's place, as its user and with its arguments, looks around. The class"
                        + " is reasoned from what it saw and not from what launched it; it says which wall there is, and not how well"
                        + " it holds."));
        blocks.add(classes(context, targets));
        blocks.add(evidence(context, targets));
        List<Block> lists = new ArrayList<>();
        targets.forEach((target, inside) -> lists.add(Block.table(
                target,
                Column.texts("seen", "which"),
                List.of(
                        row("system calls not permitted, " + inside.refused().size(), inside.refused()),
                        row("system calls not implemented, " + inside.absent().size(), inside.absent()),
                        row("device nodes, " + inside.devices().size(), inside.devices()),
                        row(
                                "set-user-ID files of the image, "
                                        + inside.setUserId().size(),
                                inside.setUserId())))));
        blocks.add(new Block.Fold("Which system calls are not answered, and which devices there are", lists));
        blocks.add(
                Block.note(
                        "A call is tried with arguments that it cannot take. Not permitted (EPERM) is said by a filter as"
                                + " well as for want of a capability, and some filters say that a call is not implemented (ENOSYS)."));
        return blocks;
    }

    /** Returns what the last trial of each target saw: nothing of it changes from block to block. */
    static Map<String, Inside> byTarget(ReportContext context) {
        Map<String, Inside> targets = new LinkedHashMap<>();
        IsolationView.targets(context)
                .forEach(name -> context.details(IsolationRecord.class).stream()
                        .filter(record -> record.target().equals(name))
                        .flatMap(record -> Optional.ofNullable(record.inside()).stream())
                        .forEach(inside -> targets.put(name, inside)));
        return targets;
    }

    private static List<Span> row(String name, List<String> elements) {
        return List.of(Span.text(name), new Span.Wrapped(String.join(" ", elements)));
    }

    private static Block classes(ReportContext context, Map<String, Inside> targets) {
        List<List<Span>> rows = new ArrayList<>();
        targets.forEach((target, inside) -> rows.add(List.of(
                Names.span(context.analysed(), target),
                new Span.Strong(Span.text(inside.isolation())),
                Span.text(inside.confidence()),
                new Span.Wrapped(String.join("; ", inside.reasons())))));
        return new Block.Table(
                "",
                "What is around the workload",
                Column.texts("target", "isolation", "confidence", "evidence"),
                rows,
                Depth.SUMMARY);
    }

    private static Block evidence(ReportContext context, Map<String, Inside> targets) {
        Set<String> names = new LinkedHashSet<>();
        targets.values().forEach(inside -> names.addAll(inside.evidence().keySet()));
        List<List<Span>> rows = new ArrayList<>();
        names.forEach(name -> {
            List<Span> row = new ArrayList<>(List.of(Span.text(name)));
            targets.values()
                    .forEach(inside -> row.add(new Span.Wrapped(
                            Objects.requireNonNullElse(inside.evidence().get(name), ""))));
            rows.add(row);
        });
        List<Column> columns = new ArrayList<>(List.of(Column.text("seen inside")));
        targets.keySet().forEach(target -> columns.add(Column.text(Names.plain(context.analysed(), target))));
        return Block.table("Evidence", columns, rows);
    }
}
