package dev.bench.view.memory;

import dev.bench.document.Term;
import dev.bench.measure.memory.FillRecord;
import dev.bench.measure.memory.MemoryMetrics;
import dev.bench.measure.memory.MemoryReading;
import dev.bench.result.ResultStore;
import dev.bench.view.MeasureView;
import dev.bench.view.MetricQuestion;
import dev.bench.view.PlotSection;
import dev.bench.view.Question;
import dev.bench.view.Section;
import dev.bench.view.TableFigure;
import dev.bench.view.TableRow;
import java.util.ArrayList;
import java.util.List;

/** Shows what one more instance takes of the host's memory and disk. */
public final class MemoryView implements MeasureView {
    static final String MARGINAL = MemoryMetrics.MARGINAL.id();
    static final String LOADED = MemoryMetrics.LOADED.id();
    static final String DISK_LAYER = MemoryMetrics.LAYER.id();
    static final String DISK_IMAGE = MemoryMetrics.IMAGE.id();
    static final String DISK_COMPRESSED = MemoryMetrics.COMPRESSED.id();

    private static final String WEIGHT = "Weight";

    @Override
    public String measure() {
        return "memory";
    }

    @Override
    public List<Section> sections() {
        return List.of(
                new PlotSection(), new MemorySection(), new MemorySlopeSection(), new FillSection(), new DiskSection());
    }

    @Override
    public List<Question> questions() {
        return List.of(
                new MetricQuestion(WEIGHT, "How much memory does one more instance take?", "memory", MARGINAL),
                new MetricQuestion(WEIGHT, "How much disk does one more instance take?", "disk of its own", DISK_LAYER),
                new MetricQuestion(WEIGHT, "How much disk do all instances share?", "shared disk", DISK_IMAGE),
                new MetricQuestion(
                        WEIGHT, "How many fit side by side?", "instances that fit", MemoryMetrics.FITS.id()));
    }

    @Override
    public List<TableFigure> table() {
        return List.of(
                TableFigure.of(TableRow.WEIGHT, "memory", MemoryMetrics.MARGINAL),
                TableFigure.of(TableRow.WEIGHT, "disk of its own", MemoryMetrics.LAYER),
                TableFigure.of(TableRow.WEIGHT, "disk shared by all", MemoryMetrics.IMAGE),
                TableFigure.of(TableRow.SCALABILITY, "side by side in memory, of 200 at most", MemoryMetrics.FITS)
                        .only("with memory: {fill: true}", (result, target) -> true),
                TableFigure.of(TableRow.REPLICA, "memory", MemoryMetrics.MARGINAL)
                        .as(TableFigure.Role.HELD_MEMORY));
    }

    @Override
    public List<Object> details(ResultStore store) {
        List<Object> details = new ArrayList<>(store.details(MemoryReading.FILE));
        details.addAll(store.details(FillRecord.FILE));
        return details;
    }

    @Override
    public List<Term> terms() {
        return List.of(
                new Term(
                        "marginal cost",
                        "the slope of a least-squares line through the available memory lost since the reading without an"
                                + " instance, over the number of instances, that reading included: one slope per block, so that"
                                + " what an engine takes once is in the intercept. Available is MemAvailable and the free pages"
                                + " in the processors' own lists (zoneinfo, pagesets), which the kernel counts as used. What the"
                                + " harness's own JVMs and processes that have nothing to do with the run took or gave back"
                                + " meanwhile (their anonymous PSS) is left out."),
                new Term(
                        "page cache",
                        "MemAvailable counts clean and dirty cache and reclaimable slab as available, so that reading an image"
                                + " costs nothing there. The image is read in the discarded block, dirty pages are written back"
                                + " before every ramp, and nothing is dropped: that would alter the host for others. A guest's"
                                + " own cache is different: the host cannot take it back, so it is in the marginal cost."),
                new Term(
                        "settling",
                        "a reading waits until MemAvailable has changed by less than 0.5 MiB over one second, ten seconds at"
                                + " most; the one without an instance over three seconds, 45 seconds at most, because freed"
                                + " memory can come back slowly. A reading that did not settle is marked and kept."),
                new Term(
                        "PSS",
                        "smaps_rollup of every process that exists because of an instance: what its control group holds, what"
                                + " names it in its command line, what descends from those, and what came with it and descends"
                                + " from the engine. Layers take the anonymous and shared part, which cannot be dropped."),
                new Term(
                        "charged",
                        "the memory control group of the instance, versions 1 and 2 alike, page cache left out. For a virtual"
                                + " machine it is the group QEMU is started in. Control groups charge a page that several share"
                                + " to the first that touched it, PSS divides it."),
                new Term(
                        "engines",
                        "the daemons of the container engine are a layer. libvirt's embedded driver is a part of the measuring"
                                + " JVM and cannot be told from it; the growth of that JVM is stated as harness and bounds it."),
                new Term(
                        "guest layers",
                        "guest memory is what the host backs of it (PSS of QEMU's mapping of that size), divided as the guest's"
                                + " own meminfo says after the last step."));
    }
}
