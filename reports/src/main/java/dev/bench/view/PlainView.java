package dev.bench.view;

import dev.bench.analysis.Analysed;
import dev.bench.analysis.Measurand;
import dev.bench.analysis.Measurands;
import java.util.List;

/** Shows the metrics of a measure that has no view of its own, such as one of another version. */
final class PlainView implements MeasureView {
    private final String measure;
    private final List<Measurand> metrics;

    PlainView(Analysed analysed) {
        this.measure = analysed.result().scenario().measure();
        this.metrics = analysed.metrics();
    }

    @Override
    public String measure() {
        return measure;
    }

    @Override
    public List<Section> sections() {
        return List.of(new PlotSection());
    }

    @Override
    public List<Question> questions() {
        return metrics.stream()
                .map(metric -> (Question)
                        new MetricQuestion(measure, "What is its " + metric.title() + "?", metric.title(), metric.id()))
                .toList();
    }

    @Override
    public List<String> notes(Analysed analysed) {
        return Measurands.unknown(analysed.result()).stream().toList();
    }

    @Override
    public String named(Measurand headline) {
        return headline.title();
    }

    @Override
    public String failure() {
        return "never succeeded";
    }
}
