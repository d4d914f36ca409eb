package dev.bench.view.startup;

import dev.bench.analysis.Analysed;
import dev.bench.analysis.Measurand;
import dev.bench.document.Numbers;
import dev.bench.measure.startup.StartupMetrics;
import dev.bench.result.Result;
import dev.bench.view.MeasureView;
import dev.bench.view.MetricQuestion;
import dev.bench.view.PlotSection;
import dev.bench.view.Question;
import dev.bench.view.Section;
import java.util.List;

/** Shows what a launch takes, from the request to readiness. */
public final class StartupView implements MeasureView {
    private static final String READY = StartupMetrics.READY.id();
    private static final String TEARDOWN = StartupMetrics.TEARDOWN.id();

    @Override
    public String measure() {
        return "startup";
    }

    @Override
    public List<Section> sections() {
        return List.of(new PlotSection(), new WaterfallSection());
    }

    @Override
    public List<Question> questions() {
        return List.of(new MetricQuestion("Boot time", "How long does it take until it answers?", "boot time", READY));
    }

    /** States the harness's own time, which is in no other figure. */
    @Override
    public List<String> remarks(Analysed analysed) {
        Result.HarnessCost harness = analysed.result().harness();
        return harness == null
                ? List.of()
                : List.of("The harness itself: a launch of nothing on the same path takes "
                        + Numbers.value(harness.medianMs(), "ms") + " (median of " + harness.n() + ", largest "
                        + Numbers.value(harness.maxMs(), "ms") + "). It is contained in every figure above.");
    }

    @Override
    public String named(Measurand headline) {
        return "";
    }

    /** Leaves out the removal, which no one waits for. */
    @Override
    public boolean isBrief(Measurand metric) {
        return !metric.id().equals(TEARDOWN);
    }
}
