package dev.bench.view.isolation;

import dev.bench.document.Block;
import dev.bench.measure.isolation.IsolationRecord;
import dev.bench.view.ReportContext;
import dev.bench.view.Section;
import java.util.List;
import java.util.Optional;

/**
 * Shows which functions of the host's kernel were executed, or why that is not known.
 *
 * @param reach shows them
 */
record FunctionsSection(ReachSection reach) implements Section {
    static final String TITLE = "Functions of the host's kernel";

    @Override
    public String title() {
        return TITLE;
    }

    @Override
    public List<Block> blocks(ReportContext context) {
        return context.details(IsolationRecord.class).stream()
                .flatMap(record -> Optional.ofNullable(record.functionsRefused()).stream())
                .findFirst()
                .map(reason -> List.of(Block.text("Not counted, " + reason + ".")))
                .orElseGet(() -> reach.blocks(context));
    }
}
