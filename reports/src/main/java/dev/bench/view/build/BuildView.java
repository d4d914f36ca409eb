package dev.bench.view.build;

import dev.bench.analysis.Measurand;
import dev.bench.document.Term;
import dev.bench.measure.build.BuildMetrics;
import dev.bench.measure.build.BuildRecord;
import dev.bench.result.ResultStore;
import dev.bench.view.MeasureView;
import dev.bench.view.MetricQuestion;
import dev.bench.view.PlotSection;
import dev.bench.view.Question;
import dev.bench.view.Section;
import dev.bench.view.TableFigure;
import dev.bench.view.TableRow;
import java.util.List;
import java.util.Optional;

/** Shows what a changed line costs until its image is built and an instance of it answers. */
public final class BuildView implements MeasureView {
    private static final String TOPIC = "Images";

    @Override
    public String measure() {
        return "build";
    }

    @Override
    public List<Section> sections() {
        return List.of(new BuildsSection(), new OrderSection(), new StepsSection(), new PlotSection());
    }

    @Override
    public Optional<Section> advice() {
        return Optional.of(new OrderSection());
    }

    @Override
    public List<Question> questions() {
        return List.of(
                new MetricQuestion(
                        TOPIC, "What does one changed line cost?", "time until it answers", BuildMetrics.TO_READY.id()),
                new MetricQuestion(TOPIC, "How much has to be moved for it?", "new bytes", BuildMetrics.NEW.id()));
    }

    @Override
    public List<TableFigure> table() {
        return List.of(
                TableFigure.of(TableRow.BUILD, "caches empty", BuildMetrics.COLD),
                TableFigure.of(TableRow.BUILD, "one change", BuildMetrics.CHANGE));
    }

    @Override
    public List<BuildRecord> details(ResultStore store) {
        return store.details(BuildRecord.FILE);
    }

    @Override
    public List<Term> terms() {
        return List.of(
                new Term(
                        "cold",
                        "Built with everything removed that the builder keeps of earlier builds; the base image is left."
                                + " The removal is not timed, and a trial fails where something is found to be left."),
                new Term("unchanged", "Built once more, nothing changed: what it takes to find that out."),
                new Term(
                        "layers reused",
                        "Layers above the base that the image before the change had too, the same to the last byte."
                                + " A disk has none."),
                new Term(
                        "new bytes",
                        "What has to be moved to where the image before is known: the content of layers it had not, for"
                                + " a disk the clusters that differ."));
    }

    @Override
    public String failure() {
        return "never built";
    }

    /** Leaves out what only the page has room for. */
    @Override
    public boolean isBrief(Measurand metric) {
        return !metric.id().startsWith(BuildMetrics.REUSED.id());
    }
}
