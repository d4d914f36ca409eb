package dev.bench.report;

import dev.bench.document.Block;
import dev.bench.result.Failure;
import dev.bench.result.Launch;
import dev.bench.result.Secrets;
import dev.bench.view.ReportContext;
import dev.bench.view.Section;
import java.util.ArrayList;
import java.util.List;

/** Shows launches that failed, each with the end of its log. */
final class FailureSection implements Section {
    private static final int SHOWN = 20;

    @Override
    public String title() {
        return "Failures";
    }

    @Override
    public List<Block> blocks(ReportContext context) {
        List<Launch> failed = context.analysed().launches().stream()
                .filter(launch -> !launch.ok())
                .toList();
        if (failed.isEmpty()) {
            return List.of();
        }
        List<Block> blocks = new ArrayList<>();
        blocks.add(Block.text(failed.size() + " of "
                + context.analysed().launches().size() + " launches failed. They are counted, never averaged."));
        for (Launch launch : failed.subList(0, Math.min(SHOWN, failed.size()))) {
            Failure failure = launch.failure();
            if (failure == null) {
                continue;
            }
            String tail = failure.log() == null ? "" : context.logTail().apply(failure.log());
            blocks.add(new Block.Fold(
                    failure.kind() + ": " + Secrets.mask(failure.message()),
                    List.of(new Block.Verbatim(tail.isEmpty() ? "(no output)" : Secrets.mask(tail)))));
        }
        if (failed.size() > SHOWN) {
            blocks.add(Block.text("The others stand in launches.jsonl."));
        }
        return blocks;
    }
}
