package dev.bench.view.delivery;

import dev.bench.analysis.Analysed;
import dev.bench.analysis.Measurand;
import dev.bench.document.Term;
import dev.bench.measure.delivery.DeliveryCase;
import dev.bench.measure.delivery.DeliveryMetrics;
import dev.bench.measure.delivery.DeliveryRecord;
import dev.bench.result.Metric;
import dev.bench.result.ResultStore;
import dev.bench.view.MeasureView;
import dev.bench.view.MetricQuestion;
import dev.bench.view.PlotSection;
import dev.bench.view.Question;
import dev.bench.view.Section;
import dev.bench.view.TableFigure;
import dev.bench.view.TableRow;
import java.util.List;
import java.util.stream.Stream;

/** Shows how long a release takes from the registry to its first answer, and what has to be moved for it. */
public final class DeliveryView implements MeasureView {
    private static final String TOPIC = "Deliveries";
    private static final String OF_A_JOB = "of a workload that ends (ready: exit)";

    @Override
    public String measure() {
        return "delivery";
    }

    @Override
    public List<Section> sections() {
        return List.of(new DeliveriesSection(), new PlotSection());
    }

    @Override
    public List<Question> questions() {
        return List.of(
                question("How long until a pulled image answers?", "time until it answers", DeliveryMetrics.TO_READY),
                question("How much has to be moved for a pull?", "moved bytes", DeliveryMetrics.MOVED),
                question(
                        "How long until its next release answers?",
                        "time until it answers",
                        DeliveryCase.CHANGED.of(DeliveryMetrics.TO_READY)),
                question(
                        "How much has to be moved for the next release?",
                        "moved bytes",
                        DeliveryCase.CHANGED.of(DeliveryMetrics.MOVED)));
    }

    @Override
    public List<TableFigure> table() {
        return List.of(
                TableFigure.of(
                                TableRow.JOB_PRESENT,
                                "sources pulled",
                                DeliveryCase.CHANGED.of(DeliveryMetrics.TO_READY))
                        .only(OF_A_JOB, (result, target) -> result.workload().ends())
                        .as(TableFigure.Role.JOB_TIME),
                TableFigure.of(TableRow.JOB_ABSENT, "all pulled", DeliveryMetrics.TO_READY)
                        .only(OF_A_JOB, (result, target) -> result.workload().ends())
                        .as(TableFigure.Role.JOB_TIME),
                TableFigure.of(TableRow.REPLICA, "until it answers, image not there", DeliveryMetrics.TO_READY)
                        .only(
                                "of a workload that answers",
                                (result, target) -> !result.workload().ends()));
    }

    private static Question question(String words, String subject, Metric metric) {
        return new MetricQuestion(TOPIC, words, subject, metric.id());
    }

    @Override
    public List<DeliveryRecord> details(ResultStore store) {
        return store.details(DeliveryRecord.FILE);
    }

    @Override
    public List<String> remarks(Analysed analysed) {
        return List.of(
                "Every target pushes to and pulls from one registry, of the run's own where none is named, by one link"
                        + " that nothing else uses.");
    }

    @Override
    public List<Term> terms() {
        return List.of(
                new Term(
                        "first",
                        "Nothing of the release is in the registry before the push, and nothing of any image with the one"
                                + " who pulls: an engine of its own for containers, an empty directory for disks. A trial"
                                + " fails where something is found there."),
                new Term(
                        "changed",
                        "The next release: the same image with another file in its top layer, which cannot be compressed;"
                                + " the release before is in the registry and with the one who pulls."),
                new Term("unchanged", "The same release pushed and pulled once more."),
                new Term(
                        "moved",
                        "What passes the link to the registry in both directions, counted by the kernel at its interface,"
                                + " with the headers of packets; a packet that the kernel keeps together has one header"
                                + " however long it is."),
                new Term(
                        "disks",
                        "Stored as blobs of the same registry and fetched over HTTP: the whole qcow2 file, that compressed"
                                + " with zstd, or fixed chunks of the raw file of 256 KiB each, compressed with zstd, of"
                                + " which only those are moved that the release before does not have at their place."
                                + " Compressing belongs to the push, unpacking to the pull."));
    }

    @Override
    public String failure() {
        return "never delivered";
    }

    /** Leaves out what only the page has room for. */
    @Override
    public boolean isBrief(Measurand metric) {
        return Stream.of(DeliveryMetrics.TO_READY, DeliveryMetrics.MOVED, DeliveryMetrics.PUSH)
                .flatMap(family -> Stream.of(family, DeliveryCase.CHANGED.of(family)))
                .anyMatch(brief -> brief.id().equals(metric.id()));
    }
}
