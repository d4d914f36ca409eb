package dev.bench.view.scaleout;

import dev.bench.measure.scaleout.ScaleOutMetrics;
import dev.bench.measure.scaleout.ScaleOutTrial;
import dev.bench.measure.scaleout.ScaleOutTrial.LoadPoint;
import dev.bench.result.Count;
import dev.bench.result.ResultStore;
import dev.bench.view.MeasureView;
import dev.bench.view.MetricQuestion;
import dev.bench.view.PlotSection;
import dev.bench.view.Question;
import dev.bench.view.ReportContext;
import dev.bench.view.Section;
import dev.bench.view.TableFigure;
import dev.bench.view.TableRow;
import java.util.Comparator;
import java.util.List;

/** Shows how many instances become ready at once, and what they answer together. */
public final class ScaleOutView implements MeasureView {
    static final String TOPIC = "Scalability";

    private static final String READY = ScaleOutMetrics.READY.id();
    private static final String REQUESTS = ScaleOutMetrics.REQUESTS.id();
    private static final String LATENCY = ScaleOutMetrics.LATENCY.id();

    @Override
    public String measure() {
        return "scale-out";
    }

    @Override
    public List<Section> sections() {
        return List.of(new StartsSection(), new ThroughputSection(), new PlotSection());
    }

    @Override
    public List<Question> questions() {
        return List.of(
                new MetricQuestion(TOPIC, "How many become ready per second?", "starts per second", READY),
                new MetricQuestion(
                        TOPIC,
                        "How many requests do they answer per second, together?",
                        "requests per second",
                        REQUESTS,
                        (context, target) -> failures(context, target, true)),
                new MetricQuestion(
                        TOPIC,
                        "Within what time are 99 of 100 requests answered?",
                        "latency",
                        LATENCY,
                        (context, target) -> failures(context, target, false)),
                new DensityQuestion());
    }

    @Override
    public List<TableFigure> table() {
        return List.of(
                TableFigure.of(TableRow.SCALABILITY, "starts", ScaleOutMetrics.READY),
                TableFigure.of(TableRow.SCALABILITY, "answers, together", ScaleOutMetrics.REQUESTS),
                TableFigure.of(TableRow.SCALABILITY, "side by side in time", new DensityQuestion()),
                TableFigure.of(TableRow.REPLICA, "until it answers", ScaleOutMetrics.ONE_MORE));
    }

    /** Says how many requests failed of those that a figure is of, at the largest number of instances. */
    private static String failures(ReportContext context, String target, boolean closed) {
        return LoadSummary.of(trials(context)).stream()
                .filter(load -> load.target().equals(target) && load.failed() > 0)
                .filter(load -> load.load().equals(LoadPoint.CLOSED) == closed)
                .max(Comparator.comparingInt(LoadSummary::instances))
                .map(LoadSummary::failures)
                .orElse("");
    }

    @Override
    public List<ScaleOutTrial> details(ResultStore store) {
        return store.details(ScaleOutTrial.FILE);
    }

    @Override
    public List<String> warnings(List<?> details) {
        return LoadSummary.of(details.stream().map(ScaleOutTrial.class::cast).toList()).stream()
                .filter(load -> load.failed() > 0)
                .map(load -> load.failures() + ": target " + load.target() + ", "
                        + Count.of(load.instances(), "instance") + ", " + load.load()
                        + "; they count in no figure, see Throughput")
                .toList();
    }

    /** Returns the trials in the targets' order, so that a target has the same colour in every plot. */
    static List<ScaleOutTrial> trials(ReportContext context) {
        List<String> order = context
                .analysed()
                .seriesOf(context.analysed().headline().id())
                .stream()
                .map(series -> series.target())
                .toList();
        return context.details(ScaleOutTrial.class).stream()
                .sorted(Comparator.comparingInt(trial -> order.indexOf(trial.target())))
                .toList();
    }
}
