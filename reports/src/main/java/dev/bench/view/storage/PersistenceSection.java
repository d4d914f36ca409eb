package dev.bench.view.storage;

import dev.bench.document.Block;
import dev.bench.document.Column;
import dev.bench.document.Depth;
import dev.bench.document.Span;
import dev.bench.measure.storage.PersistenceRecord;
import dev.bench.view.Names;
import dev.bench.view.ReportContext;
import dev.bench.view.Section;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Shows which data is kept, by place and by what happens to who wrote it. */
final class PersistenceSection implements Section {
    @Override
    public String title() {
        return "What is kept";
    }

    @Override
    public List<Block> blocks(ReportContext context) {
        List<PersistenceRecord> records = context.details(PersistenceRecord.class);
        if (records.isEmpty()) {
            return List.of();
        }
        List<String> events =
                records.stream().map(PersistenceRecord::event).distinct().toList();
        List<String> head = new ArrayList<>(List.of("target", "place"));
        head.addAll(events);
        List<List<Span>> rows = new ArrayList<>();
        byTarget(records).forEach((target, cells) -> {
            List<Span> row = new ArrayList<>(List.of(
                    Names.span(context.analysed(), target),
                    new Span.Wrapped(cells.values().iterator().next().place())));
            events.forEach(event -> row.add(cell(cells.get(event))));
            rows.add(row);
        });
        List<Block> blocks = new ArrayList<>();
        blocks.add(
                Block.text("A file is written and flushed, the instance ends, the event happens, and an instance looks."
                        + " Each cell was seen once in this run, outside what is timed."));
        blocks.add(new Block.Table("Kept or lost", "What is kept", Column.texts(head), rows, Depth.SUMMARY));
        return blocks;
    }

    /** Groups records by target and event, both in the order of the first. */
    static Map<String, Map<String, PersistenceRecord>> byTarget(List<PersistenceRecord> records) {
        Map<String, Map<String, PersistenceRecord>> targets = new LinkedHashMap<>();
        records.forEach(record -> targets.computeIfAbsent(record.target(), name -> new LinkedHashMap<>())
                .put(record.event(), record));
        return targets;
    }

    private static Span cell(@Nullable PersistenceRecord record) {
        if (record == null) {
            return Span.none();
        }
        Boolean kept = record.kept();
        if (kept == null) {
            return new Span.Wrapped("not seen: " + Objects.requireNonNullElse(record.reason(), ""));
        }
        return kept ? Span.text("kept") : new Span.Strong(Span.text("lost"));
    }
}
