package dev.bench.report;

import dev.bench.analysis.Analysed;
import dev.bench.document.Html;
import dev.bench.result.Count;
import dev.bench.result.Result;
import dev.bench.view.Names;
import dev.bench.view.ReportContext;
import dev.bench.view.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Shows the host, the engines and the plan. */
final class EnvironmentSection implements Section {
    @Override
    public String title() {
        return "Environment and plan";
    }

    @Override
    public Optional<String> render(ReportContext context) {
        Analysed analysed = context.analysed();
        Result result = analysed.result();
        Html html = new Html();
        List<List<String>> plan = new ArrayList<>();
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
        html.table("Run", List.of("what", "value"), plan);
        for (Result.TargetFacts target : result.targets()) {
            html.table(
                    "Target " + Names.plain(analysed, target.name()), List.of("what", "value"), rows(target.facts()));
        }
        html.table("Host", List.of("what", "value"), rows(result.host()));
        return Optional.of(html.toString());
    }

    private static List<List<String>> rows(Map<String, String> facts) {
        return facts.entrySet().stream()
                .map(fact -> row(fact.getKey(), fact.getValue()))
                .toList();
    }

    private static List<String> row(String name, String value) {
        return List.of(Html.escape(name), Html.escape(value));
    }
}
