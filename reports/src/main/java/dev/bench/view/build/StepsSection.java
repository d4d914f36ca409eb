package dev.bench.view.build;

import dev.bench.analysis.Analysed;
import dev.bench.chart.WaterfallPlot;
import dev.bench.document.Block;
import dev.bench.document.Column;
import dev.bench.document.Numbers;
import dev.bench.document.Span;
import dev.bench.measure.build.BuildRecord;
import dev.bench.measure.build.BuildRecord.Step;
import dev.bench.view.Names;
import dev.bench.view.ReportContext;
import dev.bench.view.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Shows the steps of cold builds and of those after a change: which ran, which came from the cache, what each took. */
final class StepsSection implements Section {
    private static final String MILLIS = "ms";
    /** Longer texts leave no room for the bars. */
    private static final int LONGEST_NAME = 44;

    @Override
    public String title() {
        return "Steps of a build";
    }

    @Override
    public List<Block> blocks(ReportContext context) {
        List<Block> figures = Builds.of(context).stream()
                .filter(builds -> !builds.records().get(0).kind().equals(BuildRecord.UNCHANGED))
                .flatMap(builds -> figure(context.analysed(), builds).stream())
                .toList();
        if (figures.isEmpty()) {
            return List.of();
        }
        List<Block> blocks = new ArrayList<>();
        blocks.add(Block.text("Each of one build, that with the median time. Steps of stages that do not depend on each"
                + " other may run at the same time."));
        blocks.addAll(figures);
        return blocks;
    }

    private static Optional<Block> figure(Analysed analysed, Builds builds) {
        BuildRecord build = builds.typical();
        if (build.steps().isEmpty()) {
            return Optional.empty();
        }
        String title = Names.plain(analysed, builds.target()) + ", " + builds.kind();
        List<WaterfallPlot.Segment> segments = new ArrayList<>();
        List<List<Span>> rows = new ArrayList<>();
        for (Step step : build.steps()) {
            String outcome = step.cached() ? "cached" : "run";
            segments.add(new WaterfallPlot.Segment(
                    name(step) + (step.cached() ? " (cached)" : ""), step.startMs(), step.endMs()));
            rows.add(List.of(
                    new Span.Wrapped(step.text()),
                    step.line() > 0 ? new Span.Count(step.line()) : Span.none(),
                    Span.text(outcome),
                    new Span.Value(step.startMs(), MILLIS),
                    new Span.Value(step.lengthMs(), MILLIS)));
        }
        return Optional.of(new Block.Figure(
                title,
                summary(builds),
                WaterfallPlot.draw("Steps of " + title, "ms since the request", segments),
                Block.table(Column.texts("step", "line", "outcome", "began at", "took"), rows)));
    }

    private static String summary(Builds builds) {
        BuildRecord build = builds.typical();
        String sentence = builds.run().map(run -> run + " instructions ran").orElse("No instruction ran");
        return builds.longest()
                .map(step -> {
                    double took = step.lengthMs();
                    return sentence + ". The longest is " + (step.line() > 0 ? "line " + step.line() + ", " : "")
                            + name(step) + ": " + Numbers.value(took, MILLIS) + ", "
                            + Numbers.percent(took / build.ms())
                            + " of the build.";
                })
                .orElse(sentence + ".");
    }

    /** Returns the text in one line, cut where it is long. */
    private static String name(Step step) {
        String text = step.text().replaceAll("\\s+", " ").strip();
        return text.length() <= LONGEST_NAME ? text : text.substring(0, LONGEST_NAME - 1) + "…";
    }
}
