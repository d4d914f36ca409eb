package dev.bench.report;

import dev.bench.analysis.Analysed;
import dev.bench.document.Block;
import dev.bench.document.Column;
import dev.bench.document.Span;
import dev.bench.result.Count;
import dev.bench.result.Result;
import dev.bench.view.Names;
import dev.bench.view.ReportContext;
import dev.bench.view.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Shows the host, the engines and the plan. */
final class EnvironmentSection implements Section {
    private static final List<Column> COLUMNS = Column.texts("what", "value");

    @Override
    public String title() {
        return "Environment and plan";
    }

    @Override
    public List<Block> blocks(ReportContext context) {
        Analysed analysed = context.analysed();
        Result result = analysed.result();
        List<Block> blocks = new ArrayList<>();
        List<List<Span>> plan = new ArrayList<>();
        plan.add(row("run", result.id()));
        plan.add(row("tool", result.tool()));
        plan.add(row("started, ended", result.startedAt() + ", " + result.endedAt()));
        plan.add(row(
                "plan",
                Count.of(result.plan().sessions(), "session") + " of "
                        + Count.of(result.plan().blocks(), "block") + " in random order, seed "
                        + result.plan().seed()));
        plan.add(row("reference", result.plan().reference()));
        plan.add(row(
                "scenario",
                result.scenario().name() + ", sha256 " + result.scenario().sha256()));
        blocks.add(Block.table("Run", COLUMNS, plan));
        for (Result.TargetFacts target : result.targets()) {
            blocks.add(Block.table("Target " + Names.plain(analysed, target.name()), COLUMNS, rows(target.facts())));
        }
        blocks.add(Block.table("Host", COLUMNS, rows(result.host())));
        return blocks;
    }

    private static List<List<Span>> rows(Map<String, String> facts) {
        return facts.entrySet().stream()
                .map(fact -> row(fact.getKey(), fact.getValue()))
                .toList();
    }

    private static List<Span> row(String name, String value) {
        return List.of(Span.text(name), Span.text(value));
    }
}
