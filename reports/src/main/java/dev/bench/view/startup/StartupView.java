package dev.bench.view.startup;

import dev.bench.analysis.Analysed;
import dev.bench.analysis.Measurand;
import dev.bench.document.Numbers;
import dev.bench.document.Term;
import dev.bench.measure.startup.StartupMetrics;
import dev.bench.result.Result;
import dev.bench.view.MeasureView;
import dev.bench.view.MetricQuestion;
import dev.bench.view.PlotSection;
import dev.bench.view.Question;
import dev.bench.view.Section;
import dev.bench.view.TableFigure;
import dev.bench.view.TableRow;
import java.util.ArrayList;
import java.util.List;

/** Shows what a launch takes, from the request to readiness. */
public final class StartupView implements MeasureView {
    static final String READY = StartupMetrics.READY.id();
    private static final String TEARDOWN = StartupMetrics.TEARDOWN.id();
    /** What the facts of a target hold that does not start from its image; begins with the word of the scenario. */
    private static final String START = "start";

    private static final String RESTORE = "restore";
    /** What the facts of a target hold whose kernel is started in another way than it is installed for. */
    static final String BOOT = "boot";
    /** What they hold where its root is no disk. */
    static final String ROOT = "root";

    @Override
    public String measure() {
        return "startup";
    }

    @Override
    public List<Section> sections() {
        return List.of(new PlotSection(), new WaterfallSection(), new GuestShareSection());
    }

    @Override
    public List<Question> questions() {
        return List.of(
                new MetricQuestion("Boot time", "How long does it take until it answers?", "boot time", READY),
                new MetricQuestion(
                        "Boot time",
                        "How long does the second request take?",
                        "time of the second request",
                        StartupMetrics.SECOND.id()),
                new MetricQuestion(
                        "Kept state",
                        "What does it take to keep one that need not boot?",
                        "kept state",
                        StartupMetrics.STATE.id()));
    }

    @Override
    public List<TableFigure> table() {
        return List.of(
                TableFigure.of(TableRow.BOOT, "from its image", StartupMetrics.READY)
                        .only("of a workload that answers", (result, target) -> !ends(result) && !isKept(target)),
                TableFigure.of(TableRow.BOOT, "from a kept state", StartupMetrics.READY)
                        .only("from a kept state (start: resume or restore)", (result, target) -> isKept(target)),
                TableFigure.of(TableRow.JOB_PRESENT, "sources in the image", StartupMetrics.READY)
                        .only("of a workload that ends (ready: exit)", (result, target) -> ends(result))
                        .as(TableFigure.Role.JOB_TIME));
    }

    private static boolean ends(Result result) {
        return result.workload().ends();
    }

    private static boolean isKept(Result.TargetFacts target) {
        return target.facts().containsKey(START);
    }

    /** Says what an instance brings along that does not start from its image, and in what a machine is another than the usual. */
    @Override
    public List<String> notes(Analysed analysed) {
        List<String> notes = new ArrayList<>();
        for (Result.TargetFacts target : analysed.result().targets()) {
            String start = target.facts().getOrDefault(START, "");
            boolean restored = start.startsWith(RESTORE);
            if (restored) {
                notes.add(
                        "target " + target.name() + " starts from a saved state, one for each launch: several instances"
                                + " of one state would begin with the same seed of random numbers, keys and sequence numbers"
                                + " (entropy), until something has them renewed");
            }
            if (!start.isEmpty() && target.kind().hasOwnKernel()) {
                notes.add(
                        "the clock of target " + target.name() + " is behind by as long as its state was kept: nothing"
                                + " sets it, and no figure here is read from it");
            }
            if (target.facts().containsKey(BOOT)) {
                notes.add("the kernel of target " + target.name()
                        + " is entered uncompressed (PVH), so that its addresses are"
                        + " not randomised (no KASLR), as they are where its own decompressor starts it");
            }
            if (target.facts().containsKey(ROOT)) {
                notes.add("target " + target.name()
                        + " has no disk: what it writes gets by virtiofs into an overlay on the"
                        + " host, as a container's does, and each file that it reads is in the host's page cache and"
                        + " in its own");
            }
        }
        return notes;
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
    public List<Term> terms() {
        return List.of(new Term(
                "second request",
                "Asked once the first correct response has come, on a connection of its own that the server may keep, and"
                        + " once more on that: the first request has paid for what a workload puts off until somebody asks."
                        + " Both reach to the first byte of the correct response, and belong to no other figure."));
    }

    @Override
    public String named(Measurand headline) {
        return "";
    }

    /** Leaves out the removal, which no one waits for, and what only the page has room for. */
    @Override
    public boolean isBrief(Measurand metric) {
        return !metric.id().equals(TEARDOWN) && !metric.id().equals(StartupMetrics.KEPT.id());
    }
}
