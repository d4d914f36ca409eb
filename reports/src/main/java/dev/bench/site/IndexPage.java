package dev.bench.site;

import dev.bench.document.Html;
import dev.bench.document.HtmlPage;
import dev.bench.document.Numbers;
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
        List<HtmlPage.Part> parts = new ArrayList<>();
        parts.add(new HtmlPage.Part("Latest changes", changes(trends)));
        scenarios.forEach((name, group) -> parts.add(new HtmlPage.Part(name, scenario(group))));
        parts.add(new HtmlPage.Part("Latest results", latest(trends)));
        return HtmlPage.render(
                tool,
                "bench · published results",
                Words.counted(runs, "result") + " of " + Words.counted(scenarios.size(), "scenario") + " on "
                        + Words.counted(hosts.size(), "host class"),
                List.of(),
                parts);
    }

    private static String changes(List<Trend> trends) {
        List<List<String>> rows = new ArrayList<>();
        for (Feed.Entry entry : Feed.newestFirst(trends)) {
            if (rows.size() == LATEST) {
                break;
            }
            Trend.Change change = entry.change();
            rows.add(List.of(
                    Words.link(Pages.report(change.run()), Words.minute(change.startedAt())),
                    Words.link(Pages.trend(entry.subject()), entry.subject().scenario()),
                    Html.escape(entry.subject().label(change.target())),
                    Html.escape(Words.metric(change.metric())),
                    "<strong>" + Words.relative(change) + "</strong> " + Html.escape(change.direction()),
                    Numbers.value(change.before(), change.unit()) + " → "
                            + Numbers.value(change.after(), change.unit()),
                    Html.escape(entry.subject().hostWords())));
        }
        Html html = new Html();
        if (rows.isEmpty()) {
            html.element("p", "None was found.");
        } else {
            html.table("", List.of("since", "scenario", "target", "metric", "change", "level", "host"), rows);
        }
        return html.raw("<p class=\"note\">")
                .text("Change points of the medians over time; advisory. All of them: ")
                .raw(Words.link(Pages.FEED, "feed of changes (Atom)"))
                .raw(".</p>")
                .toString();
    }

    private static String scenario(List<Trend> trends) {
        Html html = new Html();
        for (Trend trend : trends) {
            Run.Subject subject = trend.subject();
            Run last = trend.runs().get(trend.runs().size() - 1);
            html.element("h3", subject.hostWords());
            html.raw("<p>")
                    .raw(Words.link(
                            Pages.trend(subject),
                            "Trend of " + Words.counted(trend.runs().size(), "run")))
                    .text("; latest ")
                    .raw(Words.link(Pages.report(last.name()), Words.minute(last.startedAt()) + " UTC"))
                    .raw(" " + Words.marks(last))
                    .raw("</p>");
            List<String> head = new ArrayList<>(List.of("target"));
            trend.metrics().forEach(metric -> head.add(Words.metric(metric)));
            head.add("latest change");
            html.table("", head, rows(trend, last));
        }
        return html.toString();
    }

    private static List<List<String>> rows(Trend trend, Run last) {
        Map<String, Trend.Change> latest = new LinkedHashMap<>();
        trend.changes().forEach(change -> latest.put(change.target(), change));
        List<List<String>> rows = new ArrayList<>();
        for (Run.Target target : trend.subject().targets()) {
            List<String> row = new ArrayList<>();
            row.add(Words.target(target));
            for (String metric : trend.metrics()) {
                row.add(Html.escape(Words.figure(last.value(metric, target.name()))));
            }
            Trend.Change change = latest.get(target.name());
            row.add(
                    change == null
                            ? Numbers.NONE
                            : Html.escape(Words.metric(change.metric()) + " " + Words.relative(change) + " "
                                    + change.direction() + ", " + Words.minute(change.startedAt())));
            rows.add(row);
        }
        return rows;
    }

    private static String latest(List<Trend> trends) {
        List<Run> runs = trends.stream()
                .flatMap(trend -> trend.runs().stream())
                .sorted(Comparator.comparing(Run::startedAt).reversed().thenComparing(Run::name))
                .limit(LATEST)
                .toList();
        if (runs.isEmpty()) {
            return new Html()
                    .element("p", "None yet. `bench run` stores results, `bench publish` puts them here.")
                    .toString();
        }
        List<List<String>> rows = new ArrayList<>();
        for (Run run : runs) {
            rows.add(List.of(
                    Html.escape(Words.minute(run.startedAt())),
                    Words.link(Pages.report(run.name()), run.name()),
                    Html.escape(run.subject().scenario()),
                    Html.escape(run.subject().hostWords()),
                    Words.marks(run)));
        }
        return new Html()
                .table("", List.of("started (UTC)", "report", "scenario", "host", ""), rows)
                .toString();
    }
}
