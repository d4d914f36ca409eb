package dev.bench.site;

import dev.bench.document.Block;
import dev.bench.document.Column;
import dev.bench.document.Document;
import dev.bench.document.HtmlPage;
import dev.bench.document.Part;
import dev.bench.document.Span;
import dev.bench.history.Run;
import dev.bench.history.Trend;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Lists everything the site has, by scenario, host class and target. */
final class IndexPage {
    private static final int LATEST = 20;

    private IndexPage() {}

    static String render(List<Trend> trends, String tool) {
        int runs = trends.stream().mapToInt(trend -> trend.runs().size()).sum();
        Map<String, List<Trend>> scenarios = new TreeMap<>();
        trends.forEach(trend -> scenarios
                .computeIfAbsent(trend.subject().scenario(), name -> new ArrayList<>())
                .add(trend));
        Set<Object> hosts = trends.stream().map(trend -> trend.subject().host()).collect(Collectors.toSet());
        List<Part> parts = new ArrayList<>();
        parts.add(new Part("Latest changes", changes(trends)));
        scenarios.forEach((name, group) -> parts.add(new Part(name, scenario(group))));
        parts.add(new Part("Latest results", latest(trends)));
        return HtmlPage.render(Document.of(
                tool,
                "bench · published results",
                Words.counted(runs, "result") + " of " + Words.counted(scenarios.size(), "scenario") + " on "
                        + Words.counted(hosts.size(), "host class"),
                List.of(),
                parts,
                tool));
    }

    private static List<Block> changes(List<Trend> trends) {
        List<List<Span>> rows = new ArrayList<>();
        for (Feed.Entry entry : Feed.newestFirst(trends)) {
            if (rows.size() == LATEST) {
                break;
            }
            Trend.Change change = entry.change();
            rows.add(List.of(
                    Span.link(Pages.report(change.run()), Words.minute(change.startedAt())),
                    Span.link(Pages.trend(entry.subject()), entry.subject().scenario()),
                    Span.text(entry.subject().label(change.target())),
                    Span.text(Words.metric(change.metric())),
                    Words.change(change),
                    Words.levels(change),
                    Span.text(entry.subject().hostWords())));
        }
        return List.of(
                rows.isEmpty()
                        ? Block.text("None was found.")
                        : Block.table(
                                Column.texts("since", "scenario", "target", "metric", "change", "level", "host"), rows),
                Block.note(
                        Span.text("Change points of the medians over time; advisory. All of them: "),
                        Span.link(Pages.FEED, "feed of changes (Atom)"),
                        Span.text(".")));
    }

    private static List<Block> scenario(List<Trend> trends) {
        List<Block> blocks = new ArrayList<>();
        for (Trend trend : trends) {
            Run.Subject subject = trend.subject();
            Run last = trend.runs().get(trend.runs().size() - 1);
            blocks.add(Block.heading(subject.hostWords()));
            blocks.add(Block.text(
                    Span.link(
                            Pages.trend(subject),
                            "Trend of " + Words.counted(trend.runs().size(), "run")),
                    Span.text("; latest "),
                    Span.link(Pages.report(last.name()), Words.minute(last.startedAt()) + " UTC"),
                    Span.text(" "),
                    Words.marks(last)));
            List<String> head = new ArrayList<>(List.of("target"));
            trend.metrics().forEach(metric -> head.add(Words.metric(metric)));
            head.add("latest change");
            blocks.add(Block.table(Column.texts(head), rows(trend, last)));
        }
        return blocks;
    }

    private static List<List<Span>> rows(Trend trend, Run last) {
        Map<String, Trend.Change> latest = new LinkedHashMap<>();
        trend.changes().forEach(change -> latest.put(change.target(), change));
        List<List<Span>> rows = new ArrayList<>();
        for (Run.Target target : trend.subject().targets()) {
            List<Span> row = new ArrayList<>();
            row.add(Words.target(target));
            for (String metric : trend.metrics()) {
                row.add(Span.text(Words.figure(last.value(metric, target.name()))));
            }
            Trend.Change change = latest.get(target.name());
            row.add(
                    change == null
                            ? Span.none()
                            : Span.text(Words.metric(change.metric()) + " " + Words.relative(change) + " "
                                    + change.direction() + ", " + Words.minute(change.startedAt())));
            rows.add(row);
        }
        return rows;
    }

    private static List<Block> latest(List<Trend> trends) {
        List<Run> runs = trends.stream()
                .flatMap(trend -> trend.runs().stream())
                .sorted(Comparator.comparing(Run::startedAt).reversed().thenComparing(Run::name))
                .limit(LATEST)
                .toList();
        if (runs.isEmpty()) {
            return List.of(Block.text("None yet. `bench run` stores results, `bench publish` puts them here."));
        }
        List<List<Span>> rows = new ArrayList<>();
        for (Run run : runs) {
            rows.add(List.of(
                    Span.text(Words.minute(run.startedAt())),
                    Span.link(Pages.report(run.name()), run.name()),
                    Span.text(run.subject().scenario()),
                    Span.text(run.subject().hostWords()),
                    Words.marks(run)));
        }
        return List.of(Block.table(Column.texts("started (UTC)", "report", "scenario", "host", ""), rows));
    }
}
