package dev.bench.view.stack;

import dev.bench.analysis.Analysed;
import dev.bench.chart.WaterfallPlot;
import dev.bench.document.Block;
import dev.bench.document.Column;
import dev.bench.document.Depth;
import dev.bench.document.Numbers;
import dev.bench.document.Span;
import dev.bench.measure.stack.StackRecord;
import dev.bench.view.Names;
import dev.bench.view.ReportContext;
import dev.bench.view.Section;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Shows how the services of an application came up, what each waited for, and what all of them waited for. */
final class ServicesSection implements Section {
    private static final String MILLIS = "ms";

    @Override
    public String title() {
        return "Services";
    }

    @Override
    public List<Block> blocks(ReportContext context) {
        List<Trials> all = Trials.of(context);
        if (all.isEmpty()) {
            return List.of();
        }
        Analysed analysed = context.analysed();
        List<Block> blocks = new ArrayList<>();
        all.forEach(trials -> blocks.add(new Block.Statement(path(analysed, trials), false, Depth.GLANCE)));
        blocks.add(Block.table(
                "The critical path: what the last moment waited for, of one trial, that with the median time",
                Column.texts("target", "service", "what it does", "began at", "took", "of the whole"),
                all.stream().flatMap(trials -> parts(analysed, trials).stream()).toList()));
        all.forEach(trials -> blocks.add(figure(analysed, trials)));
        Set<String> notes = new LinkedHashSet<>();
        all.forEach(trials -> notes.addAll(trials.records().get(0).notes()));
        if (!notes.isEmpty()) {
            blocks.add(Block.note("What of the Compose file is heeded in another way, or has no effect here:"));
            blocks.add(new Block.Items(List.copyOf(notes)));
        }
        return blocks;
    }

    private static String path(Analysed analysed, Trials trials) {
        StackRecord typical = trials.typical();
        double parts =
                typical.path().stream().mapToDouble(StackRecord.PathPart::ms).sum();
        return Names.plain(analysed, trials.target()) + ": "
                + typical.path().stream()
                        .map(part -> part.service() + " " + part.what() + " " + Numbers.value(part.ms(), MILLIS))
                        .collect(Collectors.joining(", then "))
                + ": " + Numbers.percent(parts / typical.upMs()) + " of "
                + Numbers.value(typical.upMs(), MILLIS) + " until all was up";
    }

    private static List<List<Span>> parts(Analysed analysed, Trials trials) {
        StackRecord typical = trials.typical();
        List<List<Span>> rows = new ArrayList<>();
        for (StackRecord.PathPart part : typical.path()) {
            rows.add(List.of(
                    Names.span(analysed, trials.target()),
                    Span.text(part.service()),
                    Span.text(part.what()),
                    new Span.Value(part.startMs(), MILLIS),
                    new Span.Value(part.ms(), MILLIS),
                    new Span.Fraction(part.ms() / typical.upMs())));
        }
        return rows;
    }

    private static Block figure(Analysed analysed, Trials trials) {
        StackRecord typical = trials.typical();
        List<WaterfallPlot.Segment> segments = new ArrayList<>();
        List<List<Span>> rows = new ArrayList<>();
        for (StackRecord.ServiceTimes service : typical.services()) {
            segments.add(
                    new WaterfallPlot.Segment(service.name() + " starts", service.requestedMs(), service.startedMs()));
            if (service.readyMs() > service.startedMs()) {
                segments.add(new WaterfallPlot.Segment(
                        service.name() + (service.completedMs() == null ? " gets healthy" : " completes"),
                        service.startedMs(),
                        service.readyMs()));
            }
            rows.add(row(service));
        }
        typical.path().stream()
                .filter(StackRecord.PathPart::isAnswer)
                .forEach(part -> segments.add(
                        new WaterfallPlot.Segment(part.service() + " " + part.what(), part.startMs(), part.endMs())));
        String title = Names.plain(analysed, trials.target());
        return new Block.Figure(
                title,
                "All services were ready at " + Numbers.value(typical.readyMs(), MILLIS)
                        + ", and the one in front had answered correctly at "
                        + Numbers.value(typical.answerMs(), MILLIS) + "; of the trial with the median time.",
                WaterfallPlot.draw("Services of " + title, "ms since the request of the first", segments),
                Block.table(
                        Column.texts("service", "waits for", "requested at", "started at", "ready at", "health checks"),
                        rows));
    }

    private static List<Span> row(StackRecord.ServiceTimes service) {
        String waits = service.after().stream()
                .map(edge -> edge.service() + " " + edge.condition())
                .collect(Collectors.joining(", "));
        return List.of(
                Span.text(service.name()),
                waits.isEmpty() ? Span.none() : Span.text(waits),
                new Span.Value(service.requestedMs(), MILLIS),
                new Span.Value(service.startedMs(), MILLIS),
                new Span.Value(service.readyMs(), MILLIS),
                service.checks() == 0
                        ? Span.none()
                        : Span.text(
                                service.checks() + (service.early() ? ", the last before its interval was over" : "")));
    }
}
