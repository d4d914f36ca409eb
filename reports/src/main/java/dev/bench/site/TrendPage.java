package dev.bench.site;

import dev.bench.analysis.ChangePoints;
import dev.bench.analysis.Measurands;
import dev.bench.chart.TrendPlot;
import dev.bench.document.Block;
import dev.bench.document.Column;
import dev.bench.document.Document;
import dev.bench.document.HtmlPage;
import dev.bench.document.Part;
import dev.bench.document.Span;
import dev.bench.history.Run;
import dev.bench.history.Trend;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Shows one subject over time: its changes, a plot per metric, and every run. */
final class TrendPage {
    private static final String UP = "../";
    private static final double WIDEST = 5;

    private TrendPage() {}

    static String render(Trend trend, String tool) {
        Run.Subject subject = trend.subject();
        List<Part> parts = new ArrayList<>();
        parts.add(new Part("Changes", changes(trend)));
        // Read once, not for every line that a run is on.
        Map<String, Instant> times = new HashMap<>();
        trend.runs().forEach(run -> times.put(run.name(), run.time()));
        parts.addAll(trend.metrics().parallelStream()
                .map(metric -> new Part(Words.metric(metric), plot(trend, metric, times)))
                .filter(part -> !part.blocks().isEmpty())
                .toList());
        parts.add(new Part("Runs", runs(trend)));
        return HtmlPage.render(Document.of(
                tool,
                "bench · " + subject.measure() + " · trend · " + subject.hostWords(),
                subject.scenario() + " over time: " + subject.targetWords(),
                List.of(),
                parts,
                tool));
    }

    private static List<Block> changes(Trend trend) {
        List<Block> blocks = new ArrayList<>();
        blocks.add(Block.text(
                Span.link(UP + Pages.INDEX, "All scenarios"),
                Span.text(" · "),
                Span.link(UP + Pages.FEED, "Feed of changes")));
        blocks.add(Block.note("Host: " + trend.subject().hostWords() + ". "
                + Words.counted(trend.runs().size(), "run")
                + ", from " + Words.minute(trend.runs().get(0).startedAt()) + " to "
                + Words.minute(trend.runs().get(trend.runs().size() - 1).startedAt()) + " UTC."));
        if (trend.changes().isEmpty()) {
            blocks.add(Block.text(noChange(trend)));
            return blocks;
        }
        List<List<Span>> rows = new ArrayList<>();
        for (Trend.Change change : trend.changes()) {
            rows.add(List.of(
                    Span.link(UP + Pages.report(change.run()), Words.minute(change.startedAt())),
                    Span.text(Words.metric(change.metric())),
                    Span.text(trend.subject().label(change.target())),
                    Words.levels(change),
                    Words.change(change),
                    new Span.Wrapped(differences(change))));
        }
        blocks.add(Block.table(
                Column.texts("since", "metric", "target", "level", "change", "what else differs there"), rows));
        blocks.add(Block.note("Advisory: the median of a line changes its level there (E-divisive, p "
                + ChangePoints.P_VALUE + ", windows of " + ChangePoints.WINDOW
                + " runs). A gate compares in the same blocks instead."));
        return blocks;
    }

    private static String noChange(Trend trend) {
        long complete = trend.runs().stream().filter(run -> !run.partial()).count();
        return complete < ChangePoints.LEAST_POINTS
                ? "Changes are looked for from " + ChangePoints.LEAST_POINTS + " complete runs on; there are "
                        + complete + "."
                : "No change of level was found.";
    }

    private static String differences(Trend.Change change) {
        return change.differences().isEmpty() ? "nothing that is recorded" : String.join("; ", change.differences());
    }

    private static List<Block> plot(Trend trend, String metric, Map<String, Instant> times) {
        List<TrendPlot.Line> lines = new ArrayList<>();
        String unit = "";
        for (Run.Target target : trend.subject().targets()) {
            List<Run> line = trend.line(metric, target.name());
            if (line.isEmpty()) {
                continue;
            }
            lines.add(new TrendPlot.Line(
                    target.label(),
                    line.stream()
                            .map(run ->
                                    point(run, metric, target.name(), times.getOrDefault(run.name(), Instant.EPOCH)))
                            .toList(),
                    marks(trend, metric, target.name(), line)));
            Run.Value value = line.get(0).value(metric, target.name());
            unit = value == null ? unit : value.unit();
        }
        if (lines.isEmpty()) {
            return List.of();
        }
        String title = Words.metric(metric) + " over time";
        List<String> head = new ArrayList<>(List.of("run"));
        trend.subject().targets().forEach(target -> head.add(target.label()));
        return List.of(new Block.Figure(
                title,
                definition(metric)
                        + "A line is the median of each run, the band its 95 % interval; every target"
                        + " has a scale of its own, which need not begin at zero. A dashed line marks a change"
                        + " of level.",
                TrendPlot.draw(title, unit, lines),
                Block.table(Column.texts(head), rows(trend, metric))));
    }

    private static String definition(String metric) {
        return Measurands.byId(metric)
                .map(known -> known.definition().substring(0, 1).toUpperCase(Locale.ROOT)
                        + known.definition().substring(1) + "; "
                        + known.direction() + ". ")
                .orElse("");
    }

    private static TrendPlot.Point point(Run run, String metric, String target, Instant time) {
        Run.Value value = Objects.requireNonNull(run.value(metric, target), "a run of the line has the metric");
        double median = Objects.requireNonNull(value.median(), "a run of the line has a median");
        Double low = value.low();
        Double high = value.high();
        // An interval that does not hold its median, or is out of all proportion, would only spoil the scale.
        if (low == null || high == null || low > median || high < median || high - low > WIDEST * Math.abs(median)) {
            return new TrendPlot.Point(time, median, median, median);
        }
        return new TrendPlot.Point(time, median, low, high);
    }

    private static List<TrendPlot.Mark> marks(Trend trend, String metric, String target, List<Run> line) {
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < line.size(); i++) {
            places.put(line.get(i).name(), i);
        }
        return trend.changesOf(metric).stream()
                .filter(change -> change.target().equals(target) && places.containsKey(change.run()))
                .map(change -> new TrendPlot.Mark(places.getOrDefault(change.run(), 0), Words.relative(change)))
                .toList();
    }

    private static List<List<Span>> rows(Trend trend, String metric) {
        List<List<Span>> rows = new ArrayList<>();
        for (int i = trend.runs().size() - 1; i >= 0; i--) {
            Run run = trend.runs().get(i);
            List<Span> row = new ArrayList<>();
            row.add(Span.text(Words.minute(run.startedAt())));
            for (Run.Target target : trend.subject().targets()) {
                row.add(Span.text(Words.figure(run.value(metric, target.name()))));
            }
            rows.add(row);
        }
        return rows;
    }

    private static List<Block> runs(Trend trend) {
        List<List<Span>> rows = new ArrayList<>();
        for (int i = trend.runs().size() - 1; i >= 0; i--) {
            Run run = trend.runs().get(i);
            int failures =
                    run.values().stream().mapToInt(Run.Value::failures).max().orElse(0);
            rows.add(List.of(
                    Span.text(Words.minute(run.startedAt())),
                    Span.link(UP + Pages.report(run.name()), run.name()),
                    new Span.Failures(failures),
                    Words.marks(run)));
        }
        return List.of(Block.table(Column.texts("started (UTC)", "report", "failed launches", ""), rows));
    }
}
