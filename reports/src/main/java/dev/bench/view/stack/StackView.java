package dev.bench.view.stack;

import dev.bench.analysis.Analysed;
import dev.bench.document.Term;
import dev.bench.measure.stack.StackMetrics;
import dev.bench.measure.stack.StackRecord;
import dev.bench.result.ResultStore;
import dev.bench.view.MeasureView;
import dev.bench.view.MetricQuestion;
import dev.bench.view.PlotSection;
import dev.bench.view.Question;
import dev.bench.view.Section;
import java.util.List;

/** Shows how long an application takes to answer and to be gone, and what it waits for. */
public final class StackView implements MeasureView {
    private static final String TOPIC = "Applications";

    @Override
    public String measure() {
        return "stack";
    }

    @Override
    public List<Section> sections() {
        return List.of(new ServicesSection(), new LoadsSection(), new PlotSection());
    }

    @Override
    public List<Question> questions() {
        return List.of(
                new MetricQuestion(
                        TOPIC,
                        "How long until the whole application answers?",
                        "time until it answers",
                        StackMetrics.ANSWER.id()),
                new MetricQuestion(TOPIC, "How long to take it down?", "time until it is gone", StackMetrics.DOWN.id()),
                new MetricQuestion(
                        TOPIC,
                        "How much does the whole application answer?",
                        "requests per second",
                        StackMetrics.REQUESTS.id()));
    }

    @Override
    public List<StackRecord> details(ResultStore store) {
        return store.details(StackRecord.FILE);
    }

    @Override
    public List<String> remarks(Analysed analysed) {
        return List.of(
                "Every trial begins with empty volumes. Nothing is published on the host: the service in front is asked at"
                        + " its own address.");
    }

    @Override
    public List<Term> terms() {
        return List.of(
                new Term(
                        "ready",
                        "Every service is started; those with a health check are healthy, and those that others wait for"
                                + " have ended with status 0."),
                new Term(
                        "health check",
                        "The Compose file's own, executed in the service at its interval. Where it asks on the network, it is"
                                + " executed earlier too, once the service accepts connections; such a look does not count"
                                + " where it fails. stack: {health: interval} leaves that out."),
                new Term(
                        "critical path",
                        "From the last moment back to the first, at every service to the dependency that was there last."
                                + " Time between its parts is what one service takes to be told of another."),
                new Term(
                        "one service changed",
                        "Its image with one more layer, prepared before: it is stopped, removed and started from that."));
    }

    @Override
    public String failure() {
        return "never up";
    }
}
